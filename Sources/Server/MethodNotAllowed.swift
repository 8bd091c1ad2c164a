/// A method that an address does not take.
struct MethodNotAllowed: Error {
    /// The methods that it does, for `Allow`.
    let allowed: String
}
