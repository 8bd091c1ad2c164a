import PaymentQR

/// Sets blocks as strips of a width.
struct Composer {
    let page: PageFormat
    let fonts: FontMap
    /// How many elements there are so far.
    private var elements = 0

    init(_ page: PageFormat, _ fonts: FontMap) {
        self.page = page
        self.fonts = fonts
    }

    var size: Double { page.textSize }

    mutating func tag(_ kind: Tag.Kind) -> Tag {
        elements += 1
        return Tag(kind: kind, id: elements)
    }

    mutating func compose(_ blocks: [Block], width: Double) throws -> [Strip] {
        var strips: [Strip] = []
        for block in blocks {
            if block.bearsSignatures { strips = tied(strips) }
            strips += try compose(block, width: width)
        }
        return strips
    }

    /// The strips, the last that is not empty with what follows: names below nothing sign nothing.
    private func tied(_ strips: [Strip]) -> [Strip] {
        guard let last = strips.lastIndex(where: { !$0.isSpace }) else { return strips }
        return Array(strips[..<last]) + strips[last...].map(kept)
    }

    private mutating func compose(_ block: Block, width: Double) throws -> [Strip] {
        switch block {
        case .title(let text):
            let title = try text.bold.set(size: size * 1.35, width: width, .centre, fonts)
            return [space(size * 0.4)] + glued(lines(title, tag(.heading))) + [space(size * 0.5)]
        case .heading(let text):
            let heading = try text.bold.set(size: size * 1.08, width: width, .leading, fonts)
            return [space(size * 0.6)] + glued(lines(heading, tag(.subheading))) + [kept(space(size * 0.2))]
        case .paragraph(let text, let alignment):
            return lines(try text.set(size: size, width: width, alignment, fonts), tag(.paragraph))
                + [space(size * 0.3)]
        case .note(let text, let alignment):
            return lines(try text.set(size: size * 0.84, width: width, alignment, fonts), tag(.paragraph))
                + [space(size * 0.2)]
        case .field(let name, let text):
            let field = RichText(name + ": ") + text
            return lines(try field.set(size: size, width: width, .leading, fonts), tag(.paragraph))
        case .table(let table): return try TableComposer(table, width: width, self).compose(&self) + [space(size * 0.5)]
        case .columns(let columns): return [try beside(columns, width: width)]
        case .frame(let blocks): return [try framed(blocks, width: width), space(size * 0.4)]
        case .together(let blocks): return glued(try compose(blocks, width: width), last: false)
        case .signatures(let places): return [try signatures(places, width: width)]
        case .code(let code, let side, let alignment): return [self.code(code, side, alignment, width: width)]
        case .space(let height): return [space(max(0, height))]
        case .rule:
            return [Strip(height: size * 0.6, marks: [.stroke(x: 0, y: size * 0.3, toX: width, toY: size * 0.3)])]
        }
    }

    func space(_ height: Double) -> Strip { Strip(height: height, isSpace: true) }

    /// The strips, each on the page of the next.
    func glued(_ strips: [Strip], last: Bool = true) -> [Strip] {
        strips.enumerated().map { place, strip in last || place + 1 < strips.count ? kept(strip) : strip }
    }

    private func kept(_ strip: Strip) -> Strip {
        var strip = strip
        strip.keepsNext = true
        return strip
    }

    /// One strip a line; neither the first nor the last line stands alone on a page.
    private func lines(_ text: SetText, _ tag: Tag) -> [Strip] {
        let count = text.lines.count
        return text.lines.enumerated().map { place, line in
            Strip(
                height: line.height,
                marks: [.line(line, of: text, x: 0, top: 0)],
                tags: [tag],
                keepsNext: count > 1 && (place == 0 || place == count - 2)
            )
        }
    }

    /// The strips below one another as one strip.
    private func piled(_ strips: [Strip], x: Double, y: Double) -> Strip {
        var (marks, top): ([Strip.Mark], Double) = ([], y)
        for strip in strips {
            // What is torn no more needs no element that spans strips: each strip is one.
            if let kind = strip.tags.last?.kind, kind != .row {
                marks += [.begin(kind)] + strip.moved(x: x, y: top) + [.end(kind)]
            } else {
                marks += strip.moved(x: x, y: top)
            }
            top += strip.height
        }
        return Strip(height: top, marks: marks)
    }

    private mutating func beside(_ columns: [Block.Column], width: Double) throws -> Strip {
        let gap = size
        let shares = columns.reduce(0) { $0 + $1.share }
        let free = width - gap * Double(max(0, columns.count - 1))
        var (x, height, marks): (Double, Double, [Strip.Mark]) = (0, 0, [])
        for column in columns {
            let own = free * column.share / shares
            let pile = piled(try compose(column.blocks, width: own), x: x, y: 0)
            marks += pile.marks
            height = max(height, pile.height)
            x += own + gap
        }
        return Strip(height: height, marks: marks, tags: [tag(.division)])
    }

    private mutating func framed(_ blocks: [Block], width: Double) throws -> Strip {
        let inset = size * 0.6
        let pile = piled(try compose(blocks, width: width - 2 * inset), x: inset, y: inset)
        let height = pile.height + inset
        let frame: [Strip.Mark] = [
            .stroke(x: 0, y: 0, toX: width, toY: 0), .stroke(x: 0, y: height, toX: width, toY: height),
            .stroke(x: 0, y: 0, toX: 0, toY: height), .stroke(x: width, y: 0, toX: width, toY: height),
        ]
        return Strip(height: height, marks: frame + pile.marks, tags: [tag(.division)])
    }

    private mutating func signatures(_ places: [SignaturePlace], width: Double) throws -> Strip {
        try beside(
            places.map { place in
                var blocks: [Block] = [.paragraph(.bold(place.office), .centre)]
                if !place.hint.isEmpty { blocks.append(.note(.italic(place.hint), .centre)) }
                blocks.append(.space(size * 5))
                if let name = place.name { blocks.append(.paragraph(.bold(name), .centre)) }
                return Block.Column(blocks)
            },
            width: width
        )
    }

    private mutating func code(_ code: QRCode, _ side: Double, _ alignment: Alignment, width: Double) -> Strip {
        // Readers need a light border of four modules (ISO/IEC 18004).
        let quiet = side / Double(code.side) * Double(QRCode.quietZone)
        let whole = side + 2 * quiet
        let x: Double
        switch alignment {
        case .leading, .justified: x = 0
        case .centre: x = (width - whole) / 2
        case .trailing: x = width - whole
        }
        return Strip(
            height: whole,
            marks: [.code(code, x: x + quiet, y: quiet, side: side)],
            tags: [tag(.division)]
        )
    }
}

extension RichText {
    fileprivate func set(
        size: Double,
        width: Double,
        _ alignment: Alignment,
        _ fonts: FontMap
    ) throws -> SetText { try SetText(self, size: size, width: width, alignment, fonts) }
}
