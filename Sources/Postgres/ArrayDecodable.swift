/// A type that can be read from a PostgreSQL array.
public protocol ArrayDecodable: Sendable {
    static var arrayTypes: [UInt32] { get }
    init(element: UnsafeRawBufferPointer)
}
