public import Values

/// A document that is printed or sent: records, letters, receipts. ``pdf()`` sets it with Pango and Cairo.
///
/// ```swift
/// let document = Document(
///     title: "Biên bản đối soát",
///     page: .a4,
///     language: .vietnamese,
///     madeAt: now,
///     blocks: [
///         .title("BIÊN BẢN ĐỐI SOÁT"),
///         .paragraph("Ngày " + .bold("30/11/2026") + ", hai bên xác nhận:"),
///         .table(DocumentTable(
///             [.init("STT", share: 1, .centre), .init("Nội dung", share: 6), .init("Số tiền", share: 3, .trailing)],
///             rows: [["1", "Đã khớp", "1.150.000"]],
///             totals: [[.init("Cộng", span: 2), "1.150.000"]]
///         )),
///         .signatures([SignaturePlace(office: "NGÂN HÀNG"), SignaturePlace(office: "CƠ QUAN THU")]),
///     ]
/// )
/// let bytes = try document.pdf()
/// ```
///
/// The same document has the same bytes on every machine with the same libraries: nothing of the clock, the user or the
/// fonts that happen to be installed gets into it. Text can be selected and searched, its fonts are embedded as subsets,
/// and its structure is tagged for screen readers.
public struct Document: Sendable {
    /// The most pages that a document may have.
    public static let maximumPages = 2000

    /// The name of the document in a viewer.
    public var title: String
    public var page: PageFormat
    /// The language of the page numbers (`Trang 1/2`) and of what screen readers are told.
    public var language: Language
    /// The time that the file names as that of its making.
    public var madeAt: Instant
    /// What stands at the foot of every page beside its number, in small letters.
    public var foot: RichText
    /// What stands large and pale across every page behind the text, such as `BẢN SAO`; `nil`: nothing.
    public var watermark: String?
    public var blocks: [Block]

    public init(
        title: String,
        page: PageFormat,
        language: Language,
        madeAt: Instant,
        foot: RichText = "",
        watermark: String? = nil,
        blocks: [Block]
    ) {
        self.title = title
        self.page = page
        self.language = language
        self.madeAt = madeAt
        self.foot = foot
        self.watermark = watermark
        self.blocks = blocks
    }
}
