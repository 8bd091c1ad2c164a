import ArgumentParser

/// Which receipt a command is about.
struct ReceiptOptions: ParsableArguments {
    @Argument(help: ArgumentHelp(vi: "Số biên lai: EBL01-26TAA-123.", en: "The receipt's number: EBL01-26TAA-123."))
    var number: String
    @Option(
        help: ArgumentHelp(
            vi: "Mã cơ quan, nếu nhiều cơ quan có biên lai mang số này.",
            en: "The agency's code, where several have a receipt of this number."
        )
    ) var agency: String?
}
