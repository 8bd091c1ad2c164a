public import Documents
public import Spreadsheets
public import Values

extension Sheet {
    /// The table as a form to sign, in Vietnamese: the name of the state beside whose paper it is, the table over as many
    /// pages as it takes, and places to sign. Wide tables lie.
    public func document(madeAt: Instant) -> Document {
        let shown = formColumns
        let isWide = shown.count > 6
        return Document(
            title: title[.vietnamese],
            page: isWide ? .a4Landscape : .a4,
            language: .vietnamese,
            madeAt: madeAt,
            foot: RichText(title[.vietnamese]),
            blocks: head + [.space(6), .table(table(shown)), .space(4)]
                + [.together(footers.map { .note(.italic($0[.vietnamese]), .leading) } + ending)]
        )
    }

    /// The columns of a form: brief, in Vietnamese, and with agencies by name instead of by code where there is one.
    private var formColumns: [Int] {
        let named = columns.contains { $0.key == "agency_name" }
        return columns.indices.filter { place in
            let column = columns[place]
            return switch column.key {
            case "name_en": false
            case "agency_name": true
            case "agency_code": !named
            default: column.isBrief
            }
        }
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
        func text(_ cell: Cell) -> RichText { RichText(cell.printed(in: .vietnamese)) }
        func cells(_ row: [Cell]) -> [DocumentTable.Cell] { shown.map { .init(text(row[$0])) } }
        func bold(_ row: [Cell]) -> [DocumentTable.Cell] { shown.map { .init(text(row[$0]).bold) } }
        return DocumentTable(
            shown.map { place in
                let column = columns[place]
                let longest = rows.prefix(200).map { $0[place].printed(in: .vietnamese).count }.max() ?? 0
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
            totals: total.map { [cells(labelled($0, shown))] } ?? []
        )
    }

    /// A row whose first cell names it, also where the form has no such column.
    private func labelled(_ row: [Cell], _ shown: [Int]) -> [Cell] {
        guard let first = shown.first, first > 0, row[first] == .empty || row[first] == .text("") else { return row }
        var row = row
        row[first] = row[0]
        return row
    }

    private var ending: [Block] {
        guard !signers.isEmpty else { return [] }
        let places = signers.map {
            SignaturePlace(office: $0.office[.vietnamese].uppercased(), name: $0.name)
        }
        return [
            .space(10), .paragraph(.italic("……………, ngày …… tháng …… năm ………"), .trailing), .signatures(places),
        ]
    }
}
