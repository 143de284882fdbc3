<?php
// Envía una plantilla · Sends a template
declare(strict_types=1);

$reply = post(getenv('RECADO_URL') . '/bot/chat_wa/ws/send/', [
    'login' => getenv('RECADO_LOGIN'),
    'token' => getenv('RECADO_TOKEN'),
    'mobile' => getenv('RECADO_MOBILE'),
    'id_template' => getenv('RECADO_TEMPLATE'),
    'template_variables' => getenv('RECADO_VARIABLES'),
    'custom_field' => 'pedido-1020',
]);
echo json_encode($reply, JSON_UNESCAPED_UNICODE), "\n";
exit($reply['code'] === 1 ? 0 : 1);

// Con Guzzle · With Guzzle: $client->post($url, ['form_params' => $fields])
function post(string $url, array $fields): array
{
    $stream = @fopen($url, 'r', false, stream_context_create(['http' => [
        'method' => 'POST',
        'header' => 'Content-Type: application/x-www-form-urlencoded',
        'content' => http_build_query($fields),
        'ignore_errors' => true,
        'follow_location' => 0,
        'timeout' => 60,
    ]]));
    if ($stream === false) {
        throw new RuntimeException('Sin respuesta · No answer');
    }
    $status = stream_get_meta_data($stream)['wrapper_data'][0];
    $body = stream_get_contents($stream);
    if (!preg_match('/^HTTP\/\S+ 200/', $status)) {
        throw new RuntimeException("$status: $body");
    }
    return json_decode($body, true, 16, JSON_THROW_ON_ERROR);
}
