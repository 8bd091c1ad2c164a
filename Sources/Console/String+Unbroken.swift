extension String {
    /// The text with no amount that a line breaks before its unit.
    var unbroken: String { replacing(" ₫", with: "\u{A0}₫") }
}
