<?php
// Recibe webhooks · Receives webhooks
//   php -S 127.0.0.1:9000 receive.php
declare(strict_types=1);

$body = file_get_contents('php://input');
$id = $_SERVER['HTTP_WEBHOOK_ID'] ?? '';
if (!isSigned($id, $body)) {
    http_response_code(401);
    exit;
}

// Un archivo por webhook-id; en su sistema, una clave única de la base de datos
// One file for each webhook-id; in your system, a unique key of the database
$folder = sys_get_temp_dir() . '/recado-webhooks';
is_dir($folder) || @mkdir($folder, 0700);
$mark = $folder . '/' . hash('sha256', $id);
if (!file_exists($mark)) {
    $event = json_decode($body, true, 16, JSON_THROW_ON_ERROR);
    $kind = $event['type2'] ?? 'reply';
    error_log($kind . ' ' . ($event['messageId'] ?? $event['mobile']));
    touch($mark);
}
http_response_code(204);

function isSigned(string $id, string $body): bool
{
    $timestamp = $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '';
    $signatures = explode(' ', $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '');
    if (!ctype_digit($timestamp) || abs(time() - (int) $timestamp) > 300) {
        return false;
    }
    $key = base64_decode(substr((string) getenv('RECADO_WEBHOOK_SECRET'), strlen('whsec_')), true);
    if ($key === false || $key === '') {
        throw new RuntimeException('RECADO_WEBHOOK_SECRET?');
    }
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
    foreach ($signatures as $signature) {
        if (hash_equals($expected, $signature)) {
            return true;
        }
    }
    return false;
}
