import PaymentQR

/// A slice of a document over its whole width that is not torn: a line of a paragraph, a row of a table.
struct Strip {
    /// What is drawn; places are counted from the upper left corner of the strip.
    enum Mark {
        case line(SetText.Line, of: SetText, x: Double, top: Double)
        case stroke(x: Double, y: Double, toX: Double, toY: Double)
        case shade(x: Double, y: Double, width: Double, height: Double)
        case code(QRCode, x: Double, y: Double, side: Double)
        /// The marks up to the end belong to an element of this kind within that of the strip.
        case begin(Tag.Kind)
        case end(Tag.Kind)
    }

    var height: Double
    var marks: [Mark] = []
    /// What the strip is a part of, from the outside in.
    var tags: [Tag] = []
    /// Whether the next strip stands on the same page.
    var keepsNext = false
    /// Whether it is left out at the head of a page.
    var isSpace = false
    /// What stands above the strip where it begins a page: a table's head.
    var head: [Strip] = []

    /// The marks moved to another place.
    func moved(x: Double, y: Double) -> [Mark] {
        marks.map { mark in
            switch mark {
            case .line(let line, let text, let left, let top): .line(line, of: text, x: left + x, top: top + y)
            case .stroke(let fromX, let fromY, let toX, let toY):
                .stroke(x: fromX + x, y: fromY + y, toX: toX + x, toY: toY + y)
            case .shade(let left, let top, let width, let height):
                .shade(x: left + x, y: top + y, width: width, height: height)
            case .code(let code, let left, let top, let side): .code(code, x: left + x, y: top + y, side: side)
            case .begin, .end: mark
            }
        }
    }
}
