import COpenSSL

/// Whose an X.509 certificate is.
public enum CertificateSubject {
    /// The common name of the subject of a certificate in PEM; `nil` if it is none, or has no such name.
    public static func commonName(pem: [UInt8]) -> String? {
        guard let source = BIO_new_mem_buf(pem, Int32(clamping: pem.count)) else { return nil }
        defer { BIO_free(source) }
        guard let certificate = PEM_read_bio_X509(source, nil, nil, nil) else { return nil }
        defer { X509_free(certificate) }
        guard let name = X509_get_subject_name(certificate) else { return nil }
        let place = X509_NAME_get_index_by_NID(name, NID_commonName, -1)
        guard place >= 0, let entry = X509_NAME_get_entry(name, place), let data = X509_NAME_ENTRY_get_data(entry)
        else { return nil }
        var text: UnsafeMutablePointer<UInt8>?
        let length = ASN1_STRING_to_UTF8(&text, data)
        guard length > 0, let text else { return nil }
        defer { CRYPTO_free(text, nil, 0) }
        return String(decoding: UnsafeBufferPointer(start: text, count: Int(length)), as: UTF8.self)
    }
}
