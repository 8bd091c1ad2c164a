public import PaymentQR

/// What a document is made of, from top to bottom. Lengths are in points, 1/72 of an inch.
public indirect enum Block: Sendable {
    /// The title of the document, centred, in bold and large.
    case title(RichText)
    /// The heading of a part; it never stands alone at the foot of a page.
    case heading(RichText)
    /// A paragraph. At least two of its lines stand together on a page.
    case paragraph(RichText, Alignment = .leading)
    /// Smaller text: remarks, legal bases.
    case note(RichText, Alignment = .leading)
    /// A name and what it is, as forms have them: `Mã số thuế: 0100109106`.
    case field(String, RichText)
    /// A table. It goes on over as many pages as it needs; its head stands on each of them.
    case table(DocumentTable)
    /// Blocks side by side, in one piece: what does not fit on a page is refused (``DocumentError/tooHigh``).
    case columns([Column])
    /// Blocks with a frame round them, in one piece.
    case frame([Block])
    /// Blocks that stand on one page where one page can hold them.
    case together([Block])
    /// Places to sign, side by side, in one piece, on the page of the last of what stands above them.
    case signatures([SignaturePlace])
    /// A QR code of this width and height without its quiet zone, which is white space around it.
    case code(QRCode, side: Double, Alignment = .leading)
    /// Empty space, which is left out at the head of a page.
    case space(Double)
    /// A thin line over the width.
    case rule

    /// Blocks that stand beside others.
    public struct Column: Sendable {
        /// The part of the width that the column takes, relative to the others.
        public let share: Double
        public let blocks: [Block]

        /// - Parameter share: more than 0.
        public init(share: Double = 1, _ blocks: [Block]) {
            self.share = share
            self.blocks = blocks
        }
    }

    /// Whether persons sign in it.
    var bearsSignatures: Bool {
        switch self {
        case .signatures: true
        case .together(let blocks): blocks.contains(where: \.bearsSignatures)
        default: false
        }
    }
}
