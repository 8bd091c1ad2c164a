import CXML2

/// Receives an XML text element by element.
protocol XMLReceiver: AnyObject {
    /// Called when an element begins. Names have no prefix.
    func begin(_ name: String, _ attributes: XMLAttributes, line: Int)
    /// Called for text of the current element, possibly in pieces.
    func text(_ bytes: UnsafeBufferPointer<UInt8>)
    func end()
}
