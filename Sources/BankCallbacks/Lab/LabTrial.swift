import Cryptography
import Values

/// One deviation from how a message ought to be signed, and the fault that it would show.
struct LabTrial<Value> {
    let value: Value
    let faults: [LabFault]
    var field = ""
}

extension LabModel {
    /// What a sender might have signed instead.
    var contents: [LabTrial<[UInt8]>] {
        guard let content else { return [] }
        let own = LabTrial(value: content.bytes, faults: [])
        switch content {
        case .body(let leads, let body, let isCanonical):
            return [own] + LabModel.bodies(leads, body, isCanonical: isCanonical)
        case .pairs(let fields, let style): return [own] + LabModel.pairs(fields, style)
        case .values(let values, let separator, let empty):
            return [own] + LabModel.values(values, separator, empty)
        case .text(let bytes): return [own] + LabModel.rewritten(bytes)
        }
    }

    private static func bodies(_ leads: [Lead], _ body: [UInt8], isCanonical: Bool) -> [LabTrial<[UInt8]>] {
        var trials: [LabTrial<[UInt8]>] = []
        let plain = isCanonical ? canonical(body) ?? body : body
        var bodies = [LabTrial(value: plain, faults: [])] + rewritten(plain)
        if isCanonical { bodies.append(LabTrial(value: body, faults: [.bodyReserialised])) }
        var heads: [LabTrial<String>] = [LabTrial(value: leads.map { $0.text + "." }.joined(), faults: [])]
        if !leads.isEmpty {
            heads.append(LabTrial(value: "", faults: [.bodySignedAlone]))
            for joint in ["", ":", "|", "&"] {
                heads.append(LabTrial(value: leads.map { $0.text + joint }.joined(), faults: [.joinedOtherwise]))
            }
            for lead in leads where leads.count > 1 {
                let rest = leads.filter { $0.name != lead.name }.map { $0.text + "." }.joined()
                let fault: LabFault = lead.isTime ? .timestampNotSigned : .identifierNotSigned
                heads.append(LabTrial(value: rest, faults: [fault], field: lead.name))
            }
            let other = leads.map { lead in
                guard lead.isTime, let number = wholeNumber(lead.text) else { return lead.text + "." }
                return "\(number > 100_000_000_000 ? number / 1000 : number * 1000)."
            }
            heads.append(LabTrial(value: other.joined(), faults: [.timestampInMilliseconds]))
        }
        for head in heads {
            for body in bodies {
                trials.append(
                    LabTrial(
                        value: Array(head.value.utf8) + body.value,
                        faults: head.faults + body.faults,
                        field: head.field
                    )
                )
            }
        }
        return trials
    }

    /// A text as programs write it again, and with what editors and shells add.
    static func rewritten(_ body: [UInt8]) -> [LabTrial<[UInt8]>] {
        var trials: [LabTrial<[UInt8]>] = []
        for end in ["\n", "\r\n"] {
            trials.append(LabTrial(value: body + Array(end.utf8), faults: [.lineBreakAdded]))
            if body.suffix(end.utf8.count) == Array(end.utf8)[...] {
                trials.append(LabTrial(value: Array(body.dropLast(end.utf8.count)), faults: [.lineBreakAdded]))
            }
        }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        trials.append(
            LabTrial(
                value: body.starts(with: mark) ? Array(body.dropFirst(3)) : mark + body,
                faults: [.byteOrderMark]
            )
        )
        let json: JSON
        do { json = try JSON.parse(body) } catch { return trials }
        for writing in JSONWriting.all {
            let text = writing.write(json)
            trials.append(LabTrial(value: text, faults: [.bodyReserialised]))
            let escaped = JSONWriting.escapingAccents(text)
            if escaped != text {
                let isOnly = text == body
                trials.append(
                    LabTrial(value: escaped, faults: isOnly ? [.accentsEscaped] : [.bodyReserialised, .accentsEscaped])
                )
            }
            let slashes = Array(String(decoding: text, as: UTF8.self).replacing("/", with: "\\/").utf8)
            if slashes != text { trials.append(LabTrial(value: slashes, faults: [.bodyReserialised])) }
        }
        return trials
    }

    private static func pairs(_ fields: [WrittenFields.Field], _ style: PairStyle) -> [LabTrial<[UInt8]>] {
        var trials: [LabTrial<[UInt8]>] = []
        func add(
            _ fault: LabFault,
            _ fields: [WrittenFields.Field],
            _ style: PairStyle,
            _ field: String = "",
            encodings: Int? = nil
        ) {
            trials.append(LabTrial(value: style.bytes(fields, encodings: encodings), faults: [fault], field: field))
        }
        var other = style
        other.isSorted.toggle()
        add(.wrongOrder, fields, other)
        var folded = style
        folded.isSorted = false
        add(.wrongOrder, fields.sorted { $0.name.lowercased() < $1.name.lowercased() }, folded)
        add(.wrongOrder, fields.sorted { $1.name.utf8.lexicographicallyPrecedes($0.name.utf8) }, folded)
        add(.wrongOrder, fields.reversed(), folded)
        if !style.asWritten.isEmpty { add(.wrongOrder, style.asWritten, folded) }
        other = style
        other.empty = style.empty == .kept ? .dropped : .kept
        add(style.empty == .kept ? .emptyValuesDropped : .emptyValuesKept, fields, other)
        add(style.isEncoded ? .valuesNotEncoded : .valuesEncoded, fields, style, encodings: style.isEncoded ? 0 : 1)
        add(.valuesEncodedTwice, fields, style, encodings: 2)
        if !style.before.isEmpty {
            other = style
            other.before = ""
            add(.secretHalf, fields, other)
        }
        for field in fields { add(.fieldNotSigned, fields.filter { $0 != field }, style, field.name) }
        for field in style.others { add(.fieldSignedTooMuch, fields + [field], style, field.name) }
        let sorted = style.isSorted ? fields.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) } : fields
        let given = sorted.filter { style.empty == .kept || !$0.text.isEmpty }
        for joint in ["", "|", ","] {
            let named = given.map { "\($0.name)=\(style.written($0.text))" }.joined(separator: joint)
            trials.append(LabTrial(value: Array((style.before + named).utf8), faults: [.joinedOtherwise]))
        }
        for joint in ["", "|", "&"] {
            let bare = given.map(\.text).joined(separator: joint)
            trials.append(LabTrial(value: Array(bare.utf8), faults: [.joinedOtherwise]))
        }
        return trials
    }

    private static func values(
        _ values: [Value],
        _ separator: String,
        _ empty: SignatureScheme.EmptyValues
    ) -> [LabTrial<[UInt8]>] {
        var trials: [LabTrial<[UInt8]>] = []
        func add(
            _ fault: LabFault,
            _ values: [Value],
            _ separator: String,
            _ empty: SignatureScheme.EmptyValues,
            _ field: String = ""
        ) {
            let bytes = LabModel.Content.values(values, separator: separator, empty: empty).bytes
            trials.append(LabTrial(value: bytes, faults: [fault], field: field))
        }
        for joint in ["", "|", "&", ".", ",", ";", "-"] where joint != separator {
            add(.joinedOtherwise, values, joint, empty)
        }
        add(.wrongOrder, values.sorted { $0.name.lowercased() < $1.name.lowercased() }, separator, empty)
        add(.wrongOrder, values.reversed(), separator, empty)
        let isKept = empty == .kept
        add(isKept ? .emptyValuesDropped : .emptyValuesKept, values, separator, isKept ? .dropped : .kept)
        for value in values {
            add(.fieldNotSigned, values.filter { $0.name != value.name }, separator, empty, value.name)
        }
        if values.contains(where: { $0.padding > 0 }) {
            add(.amountNotPadded, values.map { Value(name: $0.name, text: $0.text) }, separator, empty)
        }
        let pairs = values.map { "\($0.name)=\($0.text)" }.joined(separator: "&")
        trials.append(LabTrial(value: Array(pairs.utf8), faults: [.joinedOtherwise]))
        for index in values.indices.dropLast() {
            var swapped = values
            swapped.swapAt(index, index + 1)
            add(.wrongOrder, swapped, separator, empty, values[index].name)
        }
        return trials
    }
}
