public import Values

/// One thing in which the catalogue and the national database of procedures do not agree.
public struct ProcedureDifference: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
        /// Published with a price, and unknown here.
        case missingHere = "missing_here"
        /// Sold here, and not in the national database's answer.
        case missingThere = "missing_there"
        /// The same name under another code.
        case recoded
        /// Sold here, and not in force there.
        case notPublished = "not_published"
        case nameDiffers = "name_differs"
        /// Other amounts are taken here than are published for the way.
        case priceDiffers = "price_differs"
        /// The amounts agree, but fees there are charges here or the other way round.
        case kindDiffers = "kind_differs"
        /// What is published is no amount, or what is taken is worked out from a quantity or a value: a person compares.
        case notComparable = "not_comparable"
    }

    public let kind: Kind
    /// National code.
    public let code: String
    public let name: String
    /// `nil` where it concerns the procedure as a whole.
    public let way: PublishedProcedure.Way?
    /// What is here and what is there, as a person reads it.
    public let here: Phrase
    public let there: Phrase

    /// What it is and what to do, as one sentence.
    public var sentence: Phrase {
        switch kind {
        case .missingHere:
            Phrase(
                vi:
                    "Có thu trên cơ sở dữ liệu quốc gia (\(there[.vietnamese])) nhưng danh mục chưa có: thêm vào nếu tỉnh tiếp nhận.",
                en:
                    "Has a price in the national database (\(there[.english])) and is not in the catalogue: add it if the province takes it."
            )
        case .missingThere:
            Phrase(
                vi:
                    "Danh mục đang thu nhưng dữ liệu quốc gia không có thủ tục này: kiểm tra mã, hoặc kết thúc mức thu.",
                en: "Is paid for here and not in the national data: check the code, or end its prices."
            )
        case .recoded:
            Phrase(
                vi: "Thủ tục cùng tên nay mang mã \(there[.vietnamese]): chuyển mức thu sang mã mới.",
                en: "The procedure of this name now has the code \(there[.english]): move its prices to the new code."
            )
        case .notPublished:
            Phrase(
                vi: "Danh mục đang thu nhưng thủ tục không còn công khai: kết thúc mức thu, hoặc hỏi cơ quan công bố.",
                en: "Is paid for here and no longer published: end its prices, or ask the agency that publishes it."
            )
        case .nameDiffers:
            Phrase(
                vi: "Tên khác: ở đây “\(here[.vietnamese])”, quốc gia “\(there[.vietnamese])”.",
                en: "Named otherwise: here “\(here[.english])”, nationally “\(there[.english])”."
            )
        case .priceDiffers:
            Phrase(
                vi: "\(wayWords[.vietnamese]): ở đây thu \(here[.vietnamese]), quốc gia công bố \(there[.vietnamese]).",
                en: "\(wayWords[.english]): \(here[.english]) is taken here, \(there[.english]) is published."
            )
        case .kindDiffers:
            Phrase(
                vi:
                    "\(wayWords[.vietnamese]): số tiền khớp nhưng ở đây là \(here[.vietnamese]), quốc gia là \(there[.vietnamese]).",
                en:
                    "\(wayWords[.english]): the amounts agree, but here it is \(here[.english]), nationally \(there[.english])."
            )
        case .notComparable:
            Phrase(
                vi:
                    "\(wayWords[.vietnamese]): ở đây \(here[.vietnamese]), quốc gia ghi \(there[.vietnamese]): hãy tự so.",
                en:
                    "\(wayWords[.english]): here \(here[.english]), nationally \(there[.english]): compare them yourself."
            )
        }
    }

    private var wayWords: Phrase {
        switch way {
        case .online: Phrase(vi: "Trực tuyến", en: "Online")
        case .post: Phrase(vi: "Qua bưu chính", en: "By post")
        case .counter, nil: Phrase(vi: "Tại quầy", en: "At the counter")
        }
    }
}
