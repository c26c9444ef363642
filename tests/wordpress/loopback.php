<?php
// WordPress fetches no address on its own machine; the tests' site stands there, so one host and port are opened.
add_filter('http_request_host_is_external', fn ($ok, $host) => $ok || $host === 'localhost', 10, 2);
add_filter('http_allowed_safe_ports', fn ($ports, $host) => $host === 'localhost' ? [...$ports, (int) getenv('SITE_PORT')] : $ports, 10, 2);
add_filter('https_ssl_verify', '__return_false');  // the site's certificate is made for the test
add_filter('emoji_svg_url', '__return_false');
add_filter('pre_option_show_avatars', '__return_zero');
remove_action('wp_head', 'print_emoji_detection_script', 7);
