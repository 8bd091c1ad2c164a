public import Values

/// What the national database of procedures answered, read.
public struct PublishedProcedures: Sendable {
    /// The largest number of procedures of a file; there are some 7,000 in the country.
    public static let maximum = 20_000

    /// By code, each once: the last word about it counts.
    public let procedures: [String: PublishedProcedure]
    /// What could not be read, by place in the file; the rest counts.
    public let faults: [Fault]

    /// One thing that could not be read.
    public struct Fault: Error, Sendable, Hashable {
        /// As RFC 6901 has it: `/result/0/MATTHC`.
        public let pointer: String
        public let reason: Phrase
    }

    /// Reads answers of LayThuTuc: one (`{error_code, result: […]}`), a list of them, or a list of procedures.
    public init(_ json: JSON) {
        var reading = Reading()
        reading.document(json, at: "")
        (procedures, faults) = (reading.procedures, reading.faults)
    }
}

private struct Reading {
    var procedures: [String: PublishedProcedure] = [:]
    var faults: [PublishedProcedures.Fault] = []

    mutating func document(_ json: JSON, at pointer: String) {
        if let list = json.array {
            for (index, part) in list.enumerated() { document(part, at: "\(pointer)/\(index)") }
            return
        }
        guard json.members != nil else {
            return fault(pointer, vi: "không phải là đối tượng hay danh sách", en: "is neither an object nor a list")
        }
        guard json["MATTHC"] == nil else { return procedure(json, at: pointer) }
        if let code = text(json["error_code"]), code != "0" {
            let message = text(json["message"]) ?? ""
            return fault(
                pointer + "/error_code",
                vi: "cơ sở dữ liệu quốc gia trả lời lỗi \(code.prefix(20)) \(message.prefix(200))",
                en: "the national database answered with the error \(code.prefix(20)) \(message.prefix(200))"
            )
        }
        guard let result = json["result"]?.array else {
            return fault(pointer, vi: "không có MATTHC, cũng không có result", en: "has neither MATTHC nor result")
        }
        for (index, part) in result.enumerated() { document(part, at: "\(pointer)/result/\(index)") }
    }

    private mutating func procedure(_ json: JSON, at pointer: String) {
        guard procedures.count < PublishedProcedures.maximum else {
            guard faults.last?.pointer != "" else { return }
            return fault(
                "",
                vi: "có hơn \(PublishedProcedures.maximum) thủ tục: hãy chia tệp",
                en: "has more than \(PublishedProcedures.maximum) procedures: split the file"
            )
        }
        let code = Schedule.nationalCode((text(json["MATTHC"]) ?? "").trimming())
        guard code.wholeMatch(of: /[0-9]\.[0-9]{6}/) != nil else {
            return fault(
                pointer + "/MATTHC",
                vi: "“\(code.prefix(40))” không phải là mã thủ tục dạng N.NNNNNN",
                en: "“\(code.prefix(40))” is not a procedure's code of the form N.NNNNNN"
            )
        }
        let name = (text(json["TENTTHC"]) ?? "").trimming()
        var fees: [PublishedProcedure.Fee] = []
        for (index, way) in (json["CACHTHUCTHUCHIEN"]?.array ?? []).enumerated() {
            fees += self.fees(way, at: "\(pointer)/CACHTHUCTHUCHIEN/\(index)")
        }
        procedures[code] = PublishedProcedure(
            code: code,
            name: String(name.prefix(500)),
            isPublic: text(json["TRANGTHAI"]) == "1",
            fees: fees
        )
    }

    private mutating func fees(_ json: JSON, at pointer: String) -> [PublishedProcedure.Fee] {
        let written = (text(json["KENH"]) ?? "").trimming()
        guard let way = PublishedProcedure.Way(rawValue: written) else {
            fault(
                pointer + "/KENH",
                vi: "“\(written.prefix(20))” không phải là kênh 1 (trực tiếp), 2 (trực tuyến) hay 3 (bưu chính)",
                en: "“\(written.prefix(20))” is not a way: 1 (counter), 2 (online) or 3 (post)"
            )
            return []
        }
        return (json["THOIGIAN"]?.array ?? []).flatMap { $0["PHILEPHI"]?.array ?? [] }.map { fee in
            // The codes come with an apostrophe behind the digit.
            let kind = (text(fee["MAPHILEPHI"]) ?? "").filter(\.isNumber)
            return PublishedProcedure.Fee(
                way: way,
                kind: kind == "1" ? .fee : kind == "2" ? .charge : nil,
                price: PublishedPrice(String((text(fee["SOTIEN"]) ?? "").prefix(500)))
            )
        }
    }

    /// Systems in use send codes as text or as numbers.
    private func text(_ json: JSON?) -> String? { json?.string ?? json?.integer.map { String($0) } }

    private mutating func fault(_ pointer: String, vi: String, en: String) {
        guard faults.count < 1000 else { return }
        faults.append(.init(pointer: pointer, reason: Phrase(vi: vi, en: en)))
    }
}
