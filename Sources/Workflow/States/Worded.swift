public import Values

/// A code with a wording for people; an event is worded as what was done, such as "approved".
public protocol Worded {
    var words: Phrase { get }
}
