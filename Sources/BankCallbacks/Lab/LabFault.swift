/// What is wrong with a message, as the conformance lab names it, each with its cure for the sender's engineer.
public enum LabFault: String, Sendable, CaseIterable {
    // How it was signed.
    case wrongSecret = "wrong_secret"
    case otherConnectionsSecret = "other_connections_secret"
    case secretWithLineBreak = "secret_with_line_break"
    case secretDecoded = "secret_decoded"
    case secretNotDecoded = "secret_not_decoded"
    case secretPrefix = "secret_prefix"
    case secretHalf = "secret_half"
    case wrongHash = "wrong_hash"
    case hashInsteadOfMAC = "hash_instead_of_mac"
    case macInsteadOfHash = "mac_instead_of_hash"
    case secretAtOtherEnd = "secret_at_other_end"
    case secretJoinedOtherwise = "secret_joined_otherwise"
    case bodyReserialised = "body_reserialised"
    case lineBreakAdded = "line_break_added"
    case byteOrderMark = "byte_order_mark"
    case accentsEscaped = "accents_escaped"
    case timestampNotSigned = "timestamp_not_signed"
    case timestampInMilliseconds = "timestamp_in_milliseconds"
    case identifierNotSigned = "identifier_not_signed"
    case joinedOtherwise = "joined_otherwise"
    case wrongOrder = "wrong_order"
    case valuesEncoded = "values_encoded"
    case valuesNotEncoded = "values_not_encoded"
    case valuesEncodedTwice = "values_encoded_twice"
    case emptyValuesDropped = "empty_values_dropped"
    case emptyValuesKept = "empty_values_kept"
    case fieldNotSigned = "field_not_signed"
    case fieldSignedTooMuch = "field_signed_too_much"
    case amountNotPadded = "amount_not_padded"
    case bodySignedAlone = "body_signed_alone"
    case changedAfterSigning = "changed_after_signing"
    // How the signature is written.
    case signatureMissing = "signature_missing"
    case signatureInOtherHeader = "signature_in_other_header"
    case signaturePrefix = "signature_prefix"
    case signatureEncoding = "signature_encoding"
    case signatureCut = "signature_cut"
    // When.
    case stale
    case clockAhead = "clock_ahead"
    // What it says.
    case method
    case bodyMalformed = "body_malformed"
    case fieldMissing = "field_missing"
    case fieldInvalid = "field_invalid"
    case amountAsText = "amount_as_text"
    case amountWithDecimals = "amount_with_decimals"
    case amountNotScaled = "amount_not_scaled"
    case currency
    case otherAccount = "other_account"
    case otherMerchant = "other_merchant"
    case otherProfile = "other_profile"

    /// Whether it is about how the message is signed; the others are about what it says.
    public var concernsSignature: Bool {
        switch self {
        case .method, .bodyMalformed, .fieldMissing, .fieldInvalid, .amountAsText, .amountWithDecimals,
            .amountNotScaled,
            .currency, .otherAccount, .otherMerchant:
            false
        default: true
        }
    }
}
