import Values

extension LabFault {
    /// What is wrong and the cure, with the field in front and what is known in detail behind.
    func sentence(_ field: String, _ detail: Phrase?) -> Phrase {
        let words = LabFault.sentences[self] ?? Phrase(vi: rawValue, en: rawValue)
        let told = words.prefixed(by: field.isEmpty ? "" : field + ": ")
        guard let detail else { return Phrase(vi: told[.vietnamese] + ".", en: told[.english] + ".") }
        return Phrase(
            vi: "\(told[.vietnamese]) (\(detail[.vietnamese])).",
            en: "\(told[.english]) (\(detail[.english]))."
        )
    }

    /// Whether it is about one of the fields, not about the signature as a whole.
    var isAboutField: Bool {
        switch self {
        case .fieldNotSigned, .fieldSignedTooMuch, .timestampNotSigned, .identifierNotSigned: true
        default: false
        }
    }

    /// Each fault has its sentence: a test looks.
    static let sentences = ofKeys.merging(ofTexts) { $1 }.merging(ofContents) { $1 }

    private static let ofKeys: [LabFault: Phrase] = [
        .wrongSecret: Phrase(
            vi:
                "chữ ký không đúng với khóa này theo bất kỳ cách ký nào đã thử: khóa khác, hoặc nội dung bị đổi sau khi ký. So lại khóa, rồi ký đúng những byte được gửi đi",
            en:
                "the signature is not one of this secret in any way that was tried: another secret, or a content that was changed after signing. Compare the secrets, then sign the very bytes that are sent"
        ),
        .otherConnectionsSecret: Phrase(
            vi: "ký bằng khóa của kết nối này: lấy khóa của kết nối đang gửi đến, hoặc gửi đến đúng kết nối",
            en:
                "signed with the secret of this connection: take the secret of the one you send to, or send to the other"
        ),
        .secretWithLineBreak: Phrase(
            vi: "khóa được dùng kèm dấu xuống dòng hoặc dấu cách ở cuối: bỏ ký tự thừa khi đọc khóa từ tệp",
            en: "the secret was used with a line break or space at its end: trim it where it is read from a file"
        ),
        .secretDecoded: Phrase(
            vi: "khóa bị giải mã trước khi dùng: kiểu này dùng nguyên văn bản của khóa",
            en: "the secret was decoded first: this profile uses its text as it is"
        ),
        .secretNotDecoded: Phrase(
            vi: "khóa được dùng nguyên văn bản: kiểu này phải giải mã khóa thành byte trước",
            en: "the text of the secret was used: this profile decodes it to bytes first"
        ),
        .secretPrefix: Phrase(
            vi: "phần đầu whsec_ bị bỏ: kiểu này dùng cả phần đầu",
            en: "the prefix whsec_ was left out: this profile uses it too"
        ),
        .secretHalf: Phrase(
            vi: "dùng nhầm một nửa của cặp khóa: chỉ ký bằng nửa sau dấu hai chấm, nửa trước là mã truy cập",
            en:
                "the wrong half of the pair was used: only what stands behind the colon signs, the other half is the access code"
        ),
        .wrongHash: Phrase(
            vi: "dùng hàm băm khác: xem hàm băm của kiểu này",
            en: "another hash function was used: see the one of this profile"
        ),
        .hashInsteadOfMAC: Phrase(
            vi: "băm thường với khóa nối vào thay vì HMAC: dùng hàm HMAC của thư viện",
            en: "a plain hash with the secret glued on instead of an HMAC: use your library's HMAC"
        ),
        .macInsteadOfHash: Phrase(
            vi: "dùng HMAC, trong khi kiểu này băm thường với khóa nối vào",
            en: "an HMAC was used, and this profile takes a plain hash with the secret glued on"
        ),
        .secretAtOtherEnd: Phrase(
            vi: "khóa nối vào sai đầu",
            en: "the secret was glued on at the other end"
        ),
        .secretJoinedOtherwise: Phrase(
            vi: "khóa được nối bằng ký tự khác",
            en: "the secret was joined with another character"
        ),
        .bodyReserialised: Phrase(
            vi:
                "nội dung được viết lại trước khi ký (dấu cách, thứ tự hoặc cách thoát ký tự khác): ký đúng những byte được gửi",
            en:
                "the body was written again before it was signed (spaces, order or escapes differ): sign the very bytes that are sent"
        ),
        .lineBreakAdded: Phrase(
            vi: "có một dấu xuống dòng thừa hoặc thiếu ở cuối nội dung khi ký",
            en: "a line break at the end of the body was signed and not sent, or sent and not signed"
        ),
        .byteOrderMark: Phrase(
            vi: "dấu thứ tự byte (BOM) ở đầu nội dung chỉ có ở một phía",
            en: "a byte order mark at the beginning of the body stands on one side only"
        ),
        .accentsEscaped: Phrase(
            vi: "chữ có dấu được ký dưới dạng \\u….: ký đúng những byte được gửi",
            en: "letters with accents were signed as \\u…: sign the very bytes that are sent"
        ),
        .timestampNotSigned: Phrase(
            vi: "thời điểm không nằm trong phần được ký",
            en: "the time was left out of what is signed"
        ),
        .timestampInMilliseconds: Phrase(
            vi: "thời điểm sai đơn vị: dùng đúng giây hoặc mili giây như kiểu này quy định",
            en: "the time is in the wrong unit: seconds or milliseconds, as this profile has it"
        ),
    ]

    private static let ofTexts: [LabFault: Phrase] = [
        .identifierNotSigned: Phrase(
            vi: "mã thông điệp không nằm trong phần được ký",
            en: "the message's id was left out of what is signed"
        ),
        .joinedOtherwise: Phrase(
            vi: "các phần được nối bằng ký tự khác: xem chuỗi phải ký",
            en: "the parts were joined otherwise: see the text that ought to be signed"
        ),
        .wrongOrder: Phrase(
            vi: "các trường không đúng thứ tự: xem chuỗi phải ký",
            en: "the fields were not in the right order: see the text that ought to be signed"
        ),
        .valuesEncoded: Phrase(
            vi: "giá trị bị mã hóa URL trước khi ký: kiểu này ký giá trị nguyên văn",
            en: "values were URL-encoded before signing: this profile signs them as they are"
        ),
        .valuesNotEncoded: Phrase(
            vi: "giá trị chưa mã hóa URL khi ký: kiểu này ký giá trị đã mã hóa",
            en: "values were signed as they are: this profile URL-encodes them first"
        ),
        .valuesEncodedTwice: Phrase(
            vi: "giá trị bị mã hóa URL hai lần",
            en: "values were URL-encoded twice"
        ),
        .emptyValuesDropped: Phrase(
            vi: "trường rỗng bị bỏ khi ký: kiểu này giữ cả trường rỗng",
            en: "empty fields were left out: this profile keeps them"
        ),
        .emptyValuesKept: Phrase(
            vi: "trường rỗng được ký: kiểu này bỏ trường rỗng",
            en: "empty fields were signed: this profile leaves them out"
        ),
        .fieldNotSigned: Phrase(
            vi: "trường này không nằm trong phần được ký",
            en: "this field was left out of what is signed"
        ),
        .fieldSignedTooMuch: Phrase(
            vi: "trường này không được ký",
            en: "this field must not be signed"
        ),
        .amountNotPadded: Phrase(
            vi: "số tiền chưa được thêm số 0 cho đủ chữ số khi ký",
            en: "the amount was not filled up with zeros for signing"
        ),
        .bodySignedAlone: Phrase(
            vi: "chỉ nội dung được ký: thời điểm (và mã thông điệp) phải đứng trước, theo sau mỗi phần là dấu chấm",
            en: "the body was signed alone: the time (and the message's id) stand before it, each with a full stop"
        ),
        .changedAfterSigning: Phrase(
            vi: "nội dung bị đổi sau khi tính mã băm",
            en: "the body was changed after its digest was made"
        ),
        .signatureMissing: Phrase(
            vi: "không có chữ ký",
            en: "there is no signature"
        ),
        .signatureInOtherHeader: Phrase(
            vi: "chữ ký nằm ở tiêu đề này, không phải ở chỗ mà kết nối chờ",
            en: "the signature stands in this header, not where the connection looks for it"
        ),
        .signaturePrefix: Phrase(
            vi: "phần đứng trước chữ ký sai hoặc thiếu",
            en: "what stands before the signature is wrong or missing"
        ),
    ]

    private static let ofContents: [LabFault: Phrase] = [
        .signatureEncoding: Phrase(
            vi: "chữ ký viết sai cách (thập lục phân hoặc base64)",
            en: "the signature is written otherwise than this profile has it (hex or base64)"
        ),
        .signatureCut: Phrase(
            vi: "chữ ký bị cắt",
            en: "the signature was cut off"
        ),
        .stale: Phrase(
            vi: "ký quá lâu trước khi nhận (quá 5 phút): ký lại khi gửi lại, và kiểm tra đồng hồ",
            en:
                "signed too long before it came (more than 5 minutes): sign again when you send again, and check the clock"
        ),
        .clockAhead: Phrase(
            vi: "thời điểm ký ở tương lai hơn 5 phút: kiểm tra đồng hồ máy gửi",
            en: "signed more than 5 minutes in the future: check the sender's clock"
        ),
        .method: Phrase(
            vi: "gửi sai phương thức HTTP",
            en: "sent with the wrong HTTP method"
        ),
        .bodyMalformed: Phrase(
            vi: "không đọc được nội dung",
            en: "the body cannot be read"
        ),
        .fieldMissing: Phrase(
            vi: "còn thiếu",
            en: "must be given"
        ),
        .fieldInvalid: Phrase(
            vi: "giá trị không hợp lệ",
            en: "the value is not valid"
        ),
        .amountAsText: Phrase(
            vi: "số tiền viết thành chuỗi: viết dạng số JSON, không có dấu ngoặc kép",
            en: "the amount is written as a text: write a JSON number, without quotes"
        ),
        .amountWithDecimals: Phrase(
            vi: "số tiền có phần thập phân hoặc dấu phân cách: viết số đồng nguyên",
            en: "the amount has decimals or separators: write whole đồng"
        ),
        .amountNotScaled: Phrase(
            vi: "số tiền phải là số đồng nhân 100",
            en: "the amount must be đồng times 100"
        ),
        .currency: Phrase(
            vi: "không phải VND",
            en: "is not VND"
        ),
        .otherAccount: Phrase(
            vi: "tài khoản khác với tài khoản của kết nối",
            en: "another account than the connection's"
        ),
        .otherMerchant: Phrase(
            vi: "đơn vị khác với đơn vị của kết nối",
            en: "another merchant than the connection's"
        ),
        .otherProfile: Phrase(
            vi: "thông điệp đúng với kiểu ký khác: thiết lập kết nối theo kiểu đó",
            en: "the message is right under another profile: set the connection up for that"
        ),
    ]
}
