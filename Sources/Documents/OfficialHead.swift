public import Values

/// The head of a paper of an office: who issues it under which number, beside the name of the State, its motto, place and
/// day, as Decree 30/2020/NĐ-CP sets them.
public struct OfficialHead: Sendable {
    /// Who issues the paper; dots to fill in if `nil`.
    public let agency: String?
    /// `20261121/BB-ĐS`, or dots to fill in.
    public let number: String
    public let day: Day

    public init(agency: String?, number: String, day: Day) {
        self.agency = agency
        self.number = number
        self.day = day
    }

    public var blocks: [Block] {
        let parts = day.components
        // A line under the motto, as long as it is.
        let line: Block = .columns([.init([]), .init(share: 1.4, [.rule]), .init([])])
        return [
            .columns([
                .init(
                    share: 4,
                    [
                        .paragraph(.bold(agency?.uppercased() ?? "……………………………"), .centre),
                        .note(RichText("Số: \(number)"), .centre),
                    ]
                ),
                .init(
                    share: 5,
                    [
                        .note(.bold("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").scaled(1.1), .centre),
                        .paragraph(.bold("Độc lập - Tự do - Hạnh phúc"), .centre), line,
                        .note(
                            .italic("……………, ngày \(parts.day) tháng \(parts.month) năm \(parts.year)"),
                            .centre
                        ),
                    ]
                ),
            ])
        ]
    }
}
