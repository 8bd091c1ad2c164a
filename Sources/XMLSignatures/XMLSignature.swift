import CXMLSec

/// Checks the enveloped XML signature of a document, made over the whole of it.
public enum XMLSignature {
    /// Whether a document is as it was signed, by whoever has a certificate that one of the trusted ones vouches for.
    ///
    /// - Parameters:
    ///   - document: XML that was read as one document before, without a document type.
    ///   - trusted: certificates in PEM: of an authority, or the signer's own.
    ///   - seconds: since 1970: when the certificates must have been valid.
    /// - Throws: `XMLSignatureError.unavailable`, or `unreadableKey` if the certificates are no PEM.
    public static func isRight(_ document: [UInt8], trusting trusted: [UInt8], at seconds: Int64) throws -> Bool {
        guard XMLSigner.isReady else { throw XMLSignatureError.unavailable }
        guard let manager = xmlSecKeysMngrCreate() else { throw XMLSignatureError.unavailable }
        defer { xmlSecKeysMngrDestroy(manager) }
        guard xmlSecOpenSSLAppDefaultKeysMngrInit(manager) == 0 else { throw XMLSignatureError.unavailable }
        let count = numericCast(trusted.count) as UInt32
        let isRead = xmlSecOpenSSLAppKeysMngrCertLoadMemory(
            manager,
            trusted,
            numericCast(count),
            xmlSecKeyDataFormatPem,
            numericCast(xmlSecKeyDataTypeTrusted)
        )
        guard isRead == 0 else { throw XMLSignatureError.unreadableKey }
        let parsed = document.withUnsafeBytes { bytes in
            xmlReadMemory(
                bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                Int32(bytes.count),
                nil,
                "UTF-8",
                Int32(XML_PARSE_NONET.rawValue)
            )
        }
        guard let parsed else { return false }
        defer { xmlFreeDoc(parsed) }
        guard let root = xmlDocGetRootElement(parsed),
            let place = xmlSecFindNode(root, "Signature", "http://www.w3.org/2000/09/xmldsig#")
        else { return false }
        guard let context = xmlSecDSigCtxCreate(manager) else { throw XMLSignatureError.unavailable }
        defer { xmlSecDSigCtxDestroy(context) }
        // A signature over a part says nothing of the rest.
        context.pointee.enabledReferenceUris = numericCast(xmlSecTransformUriTypeEmpty)
        context.pointee.keyInfoReadCtx.certsVerificationTime = numericCast(seconds)
        guard xmlSecDSigCtxVerify(context, place) == 0 else { return false }
        return context.pointee.status == xmlSecDSigStatusSucceeded
    }
}
