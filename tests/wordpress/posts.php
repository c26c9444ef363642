<?php
// posts.php install | posts.php ADDRESS...: installs WordPress, or posts each address as an author would, in both editors.
// Prints one line a post: classic or block, the address that was pasted, the address of the post.
$arguments = array_slice($argv, 1);
$installing = $arguments === ['install'];
define('WP_INSTALLING', $installing);
$home = parse_url(getenv('WP_ADDRESS'));
$_SERVER += ['HTTP_HOST' => $home['host'] . ':' . $home['port'], 'REQUEST_URI' => '/', 'SERVER_PROTOCOL' => 'HTTP/1.1', 'REQUEST_METHOD' => 'GET'];
require getenv('WP_FOLDER') . '/wp-load.php';
if ($installing) {
    require_once ABSPATH . 'wp-admin/includes/upgrade.php';
    if (!is_blog_installed()) { wp_install('Example Clinic', 'admin', 'admin@example.invalid', false, '', 'admin'); }
    exit;
}
if (!username_exists('author')) {
    wp_insert_user(['user_login' => 'author', 'user_pass' => 'author', 'user_email' => 'author@example.invalid', 'role' => 'author']);
}
wp_set_current_user(get_user_by('login', 'author')->ID);
kses_init();  // an author may paste no code: iframes and scripts are stripped
foreach ($arguments as $url) {
    $block = wp_json_encode(['url' => $url, 'type' => 'rich', 'providerNameSlug' => 'example'], JSON_UNESCAPED_SLASHES);
    $posts = [
        'classic' => "Text before.\n\n$url\n\nText after.",
        'block' => "<!-- wp:embed $block -->\n<figure class=\"wp-block-embed is-type-rich\"><div class=\"wp-block-embed__wrapper\">\n$url\n</div></figure>\n<!-- /wp:embed -->",
    ];
    foreach ($posts as $kind => $content) {
        $id = wp_insert_post(['post_title' => "$kind $url", 'post_status' => 'publish', 'post_content' => wp_slash($content)], true);
        if (is_wp_error($id)) { fwrite(STDERR, $id->get_error_message() . "\n"); exit(1); }
        printf("%s %s %s/?p=%d\n", $kind, $url, getenv('WP_ADDRESS'), $id);
    }
}
