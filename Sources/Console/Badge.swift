/// A short word in a coloured frame.
struct Badge: Sendable {
    /// What the colour says beside the word; never the colour alone.
    enum Tone: String, Sendable { case plain, wait, warn, done }

    let text: String
    let tone: String

    init(_ text: String, _ tone: Tone) {
        self.text = text
        self.tone = tone.rawValue
    }
}
