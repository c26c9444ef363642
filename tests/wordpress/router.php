<?php
// For php -S: files as they are, everything else goes to WordPress.
$root = $_SERVER['DOCUMENT_ROOT'];
$file = $root . parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if (is_dir($file) && is_file(rtrim($file, '/') . '/index.php')) { $file = rtrim($file, '/') . '/index.php'; }
if (is_file($file) && !str_ends_with($file, '.php')) { return false; }
if (!is_file($file)) { $file = $root . '/index.php'; }
$_SERVER['SCRIPT_FILENAME'] = $file;
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = substr($file, strlen($root));
chdir(dirname($file));
require $file;
