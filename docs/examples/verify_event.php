<?php
// Verifies an event of Khớp (Standard Webhooks) with nothing but PHP's own functions.
//
//     WEBHOOK_SECRET=whsec_… php verify_event.php WEBHOOK_ID WEBHOOK_TIMESTAMP WEBHOOK_SIGNATURE < body
//
// The three arguments are the headers of those names. It prints the type of the event, or ends with 1.
declare(strict_types=1);

const TOLERANCE_SECONDS = 5 * 60;

/**
 * Returns the event; throws for one that is not from Khớp, or is too old.
 *
 * @param string $body the bytes as they were received (php://input): written again, a body has another signature
 */
function verify_event(string $secret, string $id, string $timestamp, string $signatures, string $body): array
{
    if (!ctype_digit($timestamp) || abs(time() - (int) $timestamp) > TOLERANCE_SECONDS) {
        throw new InvalidArgumentException('the timestamp is not of now');
    }
    $key = base64_decode(preg_replace('/^whsec_/', '', $secret), true);
    if ($key === false) {
        throw new InvalidArgumentException('the secret is not base64');
    }
    $expected = base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
    // While a secret is being changed there are two signatures: one that holds is enough.
    foreach (explode(' ', $signatures) as $signature) {
        [$version, $value] = array_pad(explode(',', $signature, 2), 2, '');
        if ($version === 'v1' && hash_equals($expected, $value)) {
            return json_decode($body, true, 512, JSON_THROW_ON_ERROR);
        }
    }
    throw new InvalidArgumentException('no signature holds');
}

if (PHP_SAPI === 'cli' && realpath($argv[0]) === __FILE__) {
    try {
        $body = file_get_contents('php://stdin');
        echo verify_event((string) getenv('WEBHOOK_SECRET'), $argv[1], $argv[2], $argv[3], $body)['type'], "\n";
    } catch (InvalidArgumentException $error) {
        fwrite(STDERR, $error->getMessage() . "\n");
        exit(1);
    }
}
