/// An array of rows of a composite type, bound as one value: a whole batch in one parameter.
///
/// The rows are read by `unnest($1::name_of_the_type[])`. Each row must put exactly the fields of the type, in order
/// and with exactly matching types: `Int32` for `integer`, `Int64` and `Money` for `bigint`, ``Day`` for `date`,
/// ``Instant`` for `timestamptz`.
public struct Records: Bindable {
    public let boundValue: BoundValue
    public let count: Int

    /// - Parameter write: puts the fields of one row.
    public init<Element>(
        _ elements: some Collection<Element>,
        fields: Int,
        _ write: (Element, inout RecordWriter) -> Void
    ) {
        var writer = RecordWriter()
        // One dimension, no nulls, an element type that the server takes from the statement, lower bound 1.
        for part in [elements.isEmpty ? 0 : 1, 0, RecordWriter.unnamedType] { writer.values.append(Int32(part)) }
        if !elements.isEmpty {
            writer.values.append(Int32(elements.count))
            writer.values.append(Int32(1))
        }
        for element in elements {
            let start = writer.values.bytes.count
            writer.values.append(Int32(0))
            writer.values.append(Int32(fields))
            writer.put = 0
            write(element, &writer)
            precondition(writer.put == fields, "\(writer.put) fields were put, the type has \(fields)")
            let length = Int32(writer.values.bytes.count - start - 4)
            withUnsafeBytes(of: length.bigEndian) { writer.values.bytes.replaceSubrange(start..<start + 4, with: $0) }
        }
        count = elements.count
        boundValue = .bytes(writer.values.bytes)
    }
}
