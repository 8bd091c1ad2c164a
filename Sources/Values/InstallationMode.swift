/// Whether an installation handles real money, or is one to try everything on.
///
/// An installation is one or the other for good: its database says which, and everything that it hands out says so too.
public enum InstallationMode: String, Sendable, CaseIterable {
    case live, test

    /// The mode that is drawn and written for: whoever answers a request or runs a command sets it around the work, so that no
    /// paper, page or workbook can forget to say that it is of a test.
    @TaskLocal public static var current: InstallationMode = .live

    /// What stands on everything that a test installation shows or prints.
    public static let mark = Phrase(
        vi: "MÔI TRƯỜNG THỬ NGHIỆM — không chuyển tiền thật",
        en: "TEST MODE — no real money"
    )
}
