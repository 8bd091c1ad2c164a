public import Matching
public import Values

extension RecoveryConfirmations {
    /// Reads the body of `POST /v1/statements/{id}/confirm`:
    /// `{expect?, reject?: [{line_id | line_number, reason}]}`.
    public static func asked(_ json: JSON) throws -> (rejections: [Rejection], expected: Int?) {
        var body = BodyReader(json)
        let lines = Phrase(vi: "số dòng chờ xác nhận mà bạn đã xem", en: "how many waiting lines you looked at")
        let expected = body.optionalInteger("expect", 0...1_000_000_000, lines)
        body.know("reject")
        let given = json["reject"] ?? .null
        let items = given.array ?? []
        if !given.isNull, given.array == nil || items.count > maximumRejections {
            body.fault(
                "/reject",
                Phrase(
                    vi: "phải là danh sách tối đa \(maximumRejections) dòng",
                    en: "must be a list of at most \(maximumRejections) lines"
                )
            )
        }
        var rejections: [Rejection] = []
        for (index, item) in items.enumerated() {
            let pointer = "/reject/\(index)"
            let why = body.text("reason", 1...longestWhy, in: item, under: pointer)
            let what = Phrase(vi: "số của một dòng", en: "the number of a line")
            let id = body.optionalInteger("line_id", 1...Int64.max, what, in: item, under: pointer)
            let number = body.optionalInteger("line_number", 1...Int64.max, what, in: item, under: pointer)
            switch (id, number) {
            case (let id?, nil): rejections.append(Rejection(line: .id(id), why: why, pointer: pointer + "/line_id"))
            case (nil, let number?):
                rejections.append(Rejection(line: .number(number), why: why, pointer: pointer + "/line_number"))
            default:
                body.fault(
                    pointer,
                    Phrase(
                        vi: "cần một trong line_id, line_number: số của dòng",
                        en: "give one of line_id and line_number: the number of the line"
                    )
                )
            }
        }
        try body.finish()
        return (rejections, expected.map { Int($0) })
    }

    /// Reads `LINE:WHY` from the command line; the line is named by its number in the file.
    public static func rejection(option text: String) throws -> Rejection {
        let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, let number = Int64(halves[0]), !halves[1].isEmpty else {
            throw ServiceError(
                .invalidParameter,
                at: "--reject",
                Phrase(
                    vi: "viết SỐ_DÒNG:LÝ_DO, không phải \(text.prefix(40))",
                    en: "write LINE:WHY, not \(text.prefix(40))"
                )
            )
        }
        return Rejection(line: .number(number), why: String(halves[1]).trimming(), pointer: "--reject")
    }
}
