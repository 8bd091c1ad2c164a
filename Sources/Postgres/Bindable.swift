public import Values

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A type whose values can be bound to a statement's parameters.
public protocol Bindable: Sendable {
    var boundValue: BoundValue { get }
}

extension String: Bindable { public var boundValue: BoundValue { .text(self) } }
extension Int: Bindable { public var boundValue: BoundValue { .text(String(self)) } }
extension Int64: Bindable { public var boundValue: BoundValue { .text(String(self)) } }
extension Int32: Bindable { public var boundValue: BoundValue { .text(String(self)) } }
extension Int16: Bindable { public var boundValue: BoundValue { .text(String(self)) } }
extension Bool: Bindable { public var boundValue: BoundValue { .text(self ? "t" : "f") } }
extension Money: Bindable { public var boundValue: BoundValue { .text(String(dong)) } }
extension Day: Bindable { public var boundValue: BoundValue { .text(description) } }
extension Instant: Bindable { public var boundValue: BoundValue { .text(description) } }
extension JSON: Bindable { public var boundValue: BoundValue { .text(serialized) } }
extension UUID: Bindable { public var boundValue: BoundValue { .text(uuidString) } }

extension Array: Bindable where Element: ArrayElement {
    public var boundValue: BoundValue { .text(Element.arrayLiteral(self)) }
}

extension Optional: Bindable where Wrapped: Bindable {
    public var boundValue: BoundValue { self?.boundValue ?? .null }
}
