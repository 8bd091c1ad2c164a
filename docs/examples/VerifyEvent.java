// Verifies an event of Khớp (Standard Webhooks) with nothing but Java's own library (11 or newer).
//
//     WEBHOOK_SECRET=whsec_… java VerifyEvent.java WEBHOOK_ID WEBHOOK_TIMESTAMP WEBHOOK_SIGNATURE < body
//
// The three arguments are the headers of those names. It prints the body of the event, or ends with 1.
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public final class VerifyEvent {
    private static final long TOLERANCE_SECONDS = 5 * 60;

    private VerifyEvent() {}

    /**
     * Returns the body as text, for a JSON library to read.
     *
     * @param body the bytes as they were received: a body that was parsed and written again has another signature
     * @throws IllegalArgumentException for an event that is not from Khớp, or is too old
     */
    public static String verify(String secret, String id, String timestamp, String signatures, byte[] body)
            throws Exception {
        if (!timestamp.matches("\\d{1,18}")
                || Math.abs(Instant.now().getEpochSecond() - Long.parseLong(timestamp)) > TOLERANCE_SECONDS) {
            throw new IllegalArgumentException("the timestamp is not of now");
        }
        byte[] key = Base64.getDecoder().decode(secret.startsWith("whsec_") ? secret.substring(6) : secret);
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.write((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
        signed.write(body);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        byte[] expected = Base64.getEncoder().encode(mac.doFinal(signed.toByteArray()));
        // While a secret is being changed there are two signatures: one that holds is enough.
        for (String signature : signatures.split(" ")) {
            if (signature.startsWith("v1,")
                    && MessageDigest.isEqual(expected, signature.substring(3).getBytes(StandardCharsets.UTF_8))) {
                return new String(body, StandardCharsets.UTF_8);
            }
        }
        throw new IllegalArgumentException("no signature holds");
    }

    public static void main(String[] arguments) throws Exception {
        try {
            byte[] body = System.in.readAllBytes();
            String secret = System.getenv("WEBHOOK_SECRET");
            System.out.println(verify(secret, arguments[0], arguments[1], arguments[2], body));
        } catch (IllegalArgumentException error) {
            System.err.println(error.getMessage());
            System.exit(1);
        }
    }
}
