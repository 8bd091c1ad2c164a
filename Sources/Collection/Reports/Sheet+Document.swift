public import Documents
public import Spreadsheets
public import Values

extension Sheet {
    /// The table as a form to sign, in Vietnamese: the name of the state beside whose paper it is, the table over as many
    /// pages as it takes, and places to sign. Wide tables lie.
    public func document(madeAt: Instant) -> Document {
        let shown = columns.indices.filter { place in
            columns[place].isBrief && columns[place].key != "name_en"
        }
        let isWide = shown.count > 6
        return Document(
            title: title[.vietnamese],
            page: isWide ? .a4Landscape : .a4,
            language: .vietnamese,
            madeAt: madeAt,
            foot: RichText(title[.vietnamese]),
            blocks: head + [.space(6), .table(table(shown)), .space(4)]
                + footers.map { .note(.italic($0[.vietnamese]), .leading) } + ending
        )
    }

    private var head: [Block] {
        let state: [Block] = [
            .paragraph(.bold("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), .centre),
            .paragraph(.bold("Độc lập - Tự do - Hạnh phúc"), .centre),
        ]
        let whose: [Block] = [.paragraph(RichText((issuer ?? "").uppercased()).bold, .centre)]
        return [
            .columns([.init(share: 5, whose), .init(share: 6, state)]), .space(8),
            .title(RichText(title[.vietnamese].uppercased())),
        ] + subtitles.map { .paragraph(RichText($0[.vietnamese]), .centre) }
    }

    private func table(_ shown: [Int]) -> DocumentTable {
        func cells(_ row: [Cell]) -> [DocumentTable.Cell] { shown.map { .init(Sheet.printed(row[$0])) } }
        func bold(_ row: [Cell]) -> [DocumentTable.Cell] { shown.map { .init(RichText(Sheet.printed(row[$0])).bold) } }
        return DocumentTable(
            shown.map { place in
                let column = columns[place]
                let longest = rows.prefix(200).map { $0[place].shown(in: .vietnamese).count }.max() ?? 0
                let word = column.title[.vietnamese].split(separator: " ").map(\.count).max() ?? 0
                return .init(
                    RichText(column.title[.vietnamese]),
                    share: Double(max(5, word + 1, min(30, longest + 1))),
                    [.text, .day].contains(column.format) ? .leading : .trailing
                )
            },
            rows: rows.enumerated().flatMap { place, row in
                [cells(row)] + (subtotals[place].map { [bold($0)] } ?? [])
            },
            totals: total.map { [cells($0)] } ?? []
        )
    }

    /// With the comma that Vietnamese has in numbers.
    private static func printed(_ cell: Cell) -> String {
        let text = cell.shown(in: .vietnamese)
        return switch cell {
        case .rate, .score: text.replacing(".", with: ",")
        default: text
        }
    }

    private var ending: [Block] {
        guard !signers.isEmpty else { return [] }
        let places = signers.map {
            SignaturePlace(office: $0.office[.vietnamese].uppercased(), name: $0.name)
        }
        return [
            .together([
                .space(10), .paragraph(.italic("……………, ngày …… tháng …… năm ………"), .trailing), .signatures(places),
            ])
        ]
    }
}
