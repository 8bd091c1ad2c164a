/// Where lines of text stand between their borders.
public enum Alignment: Sendable, Hashable {
    /// At the left border.
    case leading
    case centre
    /// At the right border: amounts.
    case trailing
    /// Filling the width from border to border but for the last line.
    case justified
}
