import Values

/// The texts of the page on which a proof is checked, ready to show.
struct VerifyPage {
    let lang: String
    let otherLang: String
    let other: String
    let title: String
    let what: String
    let entryLabel: String
    let proofLabel: String
    let keyLabel: String
    let key: String
    let button: String
    let right: String
    let badText: String
    let badKey: String
    let changed: String
    let old: String
    let how: String
    let fileLabel: String
    let fileHelp: String
    let rightFile: String
    let more: String
    let now: String
    let notXML: String
    let notSealed: String
    let noScript: String

    init(_ language: Language, key: String) {
        func say(_ vi: String, _ en: String) -> String { Phrase(vi: vi, en: en)[language] }
        self.key = key
        lang = language.rawValue
        otherLang = language == .vietnamese ? "en" : "vi"
        other = say("English", "Tiếng Việt")
        title = say("Kiểm tra chứng cứ", "Check a proof")
        what = say(
            "Chứng cứ cho biết một khoản đã ghi có nằm nguyên vẹn trong lịch sử được niêm phong hay không. Trình duyệt của bạn tự tính; không gửi gì đi.",
            "A proof shows whether an entry stands unchanged in the sealed history. Your browser computes it by itself; nothing is sent."
        )
        entryLabel = say("Mục (nguyên văn)", "Entry (word for word)")
        proofLabel = say("Chứng cứ", "Proof")
        keyLabel = say("Khóa công khai", "Public key")
        button = say("Kiểm tra", "Check")
        right = say("✓ Đúng: mục nguyên vẹn, số", "✓ Right: the entry is unchanged, number")
        badText = say(
            "✗ Không đọc được chứng cứ: phải bắt đầu bằng khop1. và còn nguyên.",
            "✗ The proof cannot be read: it must begin with khop1. and be whole."
        )
        badKey = say(
            "✗ Chứng cứ được ký bằng khóa khác: biên lai hay mục này của hệ thống khác. Hãy mở địa chỉ in trên biên lai và kiểm tra ở đó.",
            "✗ The proof is signed by another key: it is of another installation. Open the address that stands on the receipt, and check there."
        )
        changed = say(
            "✗ Mục hoặc chứng cứ đã bị sửa. Đừng dùng bản này: tải lại bản gốc từ địa chỉ in trên biên lai, hoặc hỏi cơ quan thu.",
            "✗ The entry or the proof was changed. Do not rely on it: fetch the original from the address on the receipt, or ask the agency."
        )
        fileLabel = say("Tệp XML của biên lai", "A receipt’s XML file")
        fileHelp = say(
            "Hoặc dán mục và chứng cứ. Tệp không rời khỏi máy này.",
            "Or paste the entry and the proof. The file does not leave this machine."
        )
        rightFile = say(
            "✓ Biên lai mang số này, ngày này, với số tiền này có trong lịch sử niêm phong, mục số",
            "✓ A receipt of this number and day with this amount stands in the sealed history, entry number"
        )
        more = say(
            "Chưa chứng minh: mẫu và ký hiệu, người nộp, các khoản thu, số tiền bằng chữ, cơ quan thu; chỉ chữ ký số trong bản XML chứng minh. Biên lai cũng có thể đã được thay thế sau đó.",
            "Not proved: form and serial, payer, items, amount in words and collector; only the digital signature in the XML proves those. The receipt may also have been replaced since."
        )
        now = say("Xem biên lai này hiện nay", "See how this receipt stands now")
        notXML = say(
            "✗ Đây không phải tệp XML của biên lai. Bản PDF chỉ là hình: hãy quét mã QR trên đó, rồi tải bản XML.",
            "✗ This is no receipt’s XML. A PDF is a picture only: scan the QR code on it, and download the XML."
        )
        notSealed = say(
            "✗ Tệp này được tải trước khi biên lai được niêm phong: hãy tải lại bản XML.",
            "✗ This file was fetched before its receipt was sealed: download the XML again."
        )
        old = say(
            "Trình duyệt này chưa biết chữ ký Ed25519: hãy cập nhật, hoặc dùng chương trình kiểm tra.",
            "This browser does not know Ed25519 signatures: update it, or use the program."
        )
        how = say(
            "Cũng kiểm tra được bằng chương trình 100 dòng ops/verify-proof, không cần máy chủ này. Trang này lưu về máy vẫn dùng được.",
            "The program ops/verify-proof, 100 lines long, does the same without this server, and so does this page when it is saved."
        )
        noScript = say("Trang này cần JavaScript để tự tính.", "This page needs JavaScript to compute.")
    }
}
