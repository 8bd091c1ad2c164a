public import Values

/// Why a day's file of the platform is not read at all.
public struct PlatformFileFault: Error, Sendable {
    /// What is wrong, and what to do.
    public let phrase: Phrase

    init(_ phrase: Phrase) { self.phrase = phrase }

    init(vi: String, en: String) { self.init(Phrase(vi: vi, en: en)) }
}
