// Verifies an event of Khớp (Standard Webhooks) with nothing but .NET's own library (6 or newer).
//
//     WEBHOOK_SECRET=whsec_… dotnet run -- WEBHOOK_ID WEBHOOK_TIMESTAMP WEBHOOK_SIGNATURE < body
//
// The three arguments are the headers of those names. It prints the type of the event, or ends with 1.
using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

public static class VerifyEvent
{
    private const long ToleranceSeconds = 5 * 60;

    /// <summary>Returns the event; throws ArgumentException for one that is not from Khớp, or is too old.</summary>
    /// <param name="body">The bytes as they were received: written again, a body has another signature.</param>
    public static JsonDocument Verify(string secret, string id, string timestamp, string signatures, byte[] body)
    {
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        if (!long.TryParse(timestamp, out long sent) || Math.Abs(now - sent) > ToleranceSeconds)
        {
            throw new ArgumentException("the timestamp is not of now");
        }
        byte[] key = Convert.FromBase64String(secret.StartsWith("whsec_") ? secret[6..] : secret);
        byte[] head = Encoding.UTF8.GetBytes($"{id}.{timestamp}.");
        byte[] signed = new byte[head.Length + body.Length];
        head.CopyTo(signed, 0);
        body.CopyTo(signed, head.Length);
        using var hmac = new HMACSHA256(key);
        byte[] expected = Encoding.UTF8.GetBytes(Convert.ToBase64String(hmac.ComputeHash(signed)));
        // While a secret is being changed there are two signatures: one that holds is enough.
        foreach (string signature in signatures.Split(' '))
        {
            byte[] given = Encoding.UTF8.GetBytes(signature.StartsWith("v1,") ? signature[3..] : "");
            if (CryptographicOperations.FixedTimeEquals(expected, given))
            {
                return JsonDocument.Parse(body);
            }
        }
        throw new ArgumentException("no signature holds");
    }

    public static int Main(string[] arguments)
    {
        try
        {
            using var input = new MemoryStream();
            Console.OpenStandardInput().CopyTo(input);
            string secret = Environment.GetEnvironmentVariable("WEBHOOK_SECRET") ?? "";
            using JsonDocument found = Verify(secret, arguments[0], arguments[1], arguments[2], input.ToArray());
            Console.WriteLine(found.RootElement.GetProperty("type").GetString());
            return 0;
        }
        catch (ArgumentException error)
        {
            Console.Error.WriteLine(error.Message);
            return 1;
        }
    }
}
