import Documents
import Values

/// Whether papers can be drawn here: receipts, records, letters.
public enum PaperSigns {
    /// Draws one and throws it away.
    public static func finding() -> Finding {
        let trial = Document(
            title: "",
            page: .a5,
            language: .vietnamese,
            madeAt: Instant(unixSeconds: 0),
            blocks: [.paragraph("Đủ dấu: ấẫặọủỹ")]
        )
        do {
            _ = try trial.pdf()
            return .ok("papers", Phrase(vi: "vẽ được PDF", en: "PDFs can be drawn"))
        } catch {
            return .wrong(
                "papers",
                Phrase(vi: "không vẽ được PDF: ", en: "PDFs cannot be drawn: ").followed(by: "\(error)"),
                advice: Phrase(
                    vi: "cài gói Debian fonts-liberation2",
                    en: "install the Debian package fonts-liberation2"
                )
            )
        }
    }
}
