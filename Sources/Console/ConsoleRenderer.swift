import Mustache
public import Values

/// Sets pages of the console in their templates.
public struct ConsoleRenderer: Sendable {
    private let library: MustacheLibrary
    private let texts: [Language: [String: String]]

    public init() throws {
        var library = MustacheLibrary()
        for (name, bytes) in ConsoleRenderer.templates {
            try library.register(String(decoding: bytes, as: UTF8.self), named: name)
        }
        self.library = library
        texts = Dictionary(
            uniqueKeysWithValues: Language.allCases.map { language in
                (language, ConsoleTexts.all.mapValues { $0[language] })
            }
        )
    }

    /// By the name that they are rendered by.
    private static let templates: [(name: String, bytes: [UInt8])] = [
        ("frame", PackageResources.frame_mustache), ("today", PackageResources.today_mustache),
        ("cases", PackageResources.cases_mustache), ("case", PackageResources.case_mustache),
        ("case-batch", PackageResources.case_batch_mustache), ("case-sheet", PackageResources.case_sheet_mustache),
        ("case-inquiry", PackageResources.case_inquiry_mustache), ("find", PackageResources.find_mustache),
        ("found", PackageResources.found_mustache), ("statements", PackageResources.statements_mustache),
        ("statement-preview", PackageResources.statement_preview_mustache),
        ("statement", PackageResources.statement_mustache), ("days", PackageResources.days_mustache),
        ("day", PackageResources.day_mustache), ("refunds", PackageResources.refunds_mustache),
        ("receipt", PackageResources.receipt_mustache),
        ("refund", PackageResources.refund_mustache), ("refund-form", PackageResources.refund_form_mustache),
        ("counter", PackageResources.counter_mustache),
        ("counter-payment", PackageResources.counter_payment_mustache),
        ("counter-request", PackageResources.counter_request_mustache),
        ("shift", PackageResources.shift_mustache), ("shifts", PackageResources.shifts_mustache),
        ("remittances", PackageResources.remittances_mustache), ("remittance", PackageResources.remittance_mustache),
        ("platform-files", PackageResources.platform_files_mustache),
        ("platform-file", PackageResources.platform_file_mustache),
        ("mappings", PackageResources.mappings_mustache), ("mapping", PackageResources.mapping_mustache),
        ("mapping-draft", PackageResources.mapping_draft_mustache),
        ("payment", PackageResources.payment_mustache),
        ("problem", PackageResources.problem_mustache), ("rates", PackageResources.rates_mustache),
        ("paid", PackageResources.paid_mustache), ("operations", PackageResources.operations_mustache),
        ("persons", PackageResources.persons_mustache), ("person", PackageResources.person_mustache),
        ("keys", PackageResources.keys_mustache), ("events", PackageResources.events_mustache),
        ("event", PackageResources.event_mustache), ("open-rates", PackageResources.open_rates_mustache),
        ("reports", PackageResources.reports_mustache), ("report", PackageResources.report_mustache),
        ("dossiers", PackageResources.dossiers_mustache), ("views", PackageResources.views_mustache),
        ("tile", PackageResources.tile_mustache), ("lab", PackageResources.lab_mustache),
        ("lab-report", PackageResources.lab_report_mustache), ("test-bank", PackageResources.test_bank_mustache),
        ("tile", PackageResources.tile_mustache), ("move", PackageResources.move_mustache),
        ("case-approval", PackageResources.case_approval_mustache),
        ("connections", PackageResources.connections_mustache), ("connection", PackageResources.connection_mustache),
        ("callback", PackageResources.callback_mustache), ("doctor", PackageResources.doctor_mustache),
        ("catalogue", PackageResources.catalogue_mustache), ("progress", PackageResources.progress_mustache),
        ("statement-progress", PackageResources.statement_progress_mustache),
        ("catalogue-proposal", PackageResources.catalogue_proposal_mustache),
        ("catalogue-version", PackageResources.catalogue_version_mustache), ("docs", PackageResources.docs_mustache),
    ]

    /// The HTML of a page.
    public func html<Page: ConsolePage>(_ page: Page, in frame: ConsoleFrame) -> String {
        let model: [String: Any] = [
            "frame": frame, "page": page, "title": page.title, "t": texts[frame.language] ?? [:],
            "style": ConsoleAssets.style, "script": ConsoleAssets.script,
        ]
        return library.render(model, withTemplate: Page.template) ?? ""
    }

    /// The HTML of the public figures, which stand without the console's frame.
    public func html(_ page: OpenRatesPage, in language: Language) -> String {
        let model: [String: Any] = [
            "page": page, "title": page.title, "t": texts[language] ?? [:], "style": ConsoleAssets.style,
        ]
        return library.render(model, withTemplate: "open-rates") ?? ""
    }

    /// The HTML of a page that describes the API, which stands without the console's frame.
    public func html(_ page: DocsPage, in language: Language) -> String {
        let model: [String: Any] = [
            "page": page, "title": page.title, "t": texts[language] ?? [:], "style": ConsoleAssets.style,
        ]
        return library.render(model, withTemplate: "docs") ?? ""
    }

    /// A part of a page, without what stands around it: what is found while somebody types.
    public func part<Page: ConsolePage>(_ page: Page, _ template: String, in language: Language) -> String {
        library.render(["page": page, "t": texts[language] ?? [:]], withTemplate: template) ?? ""
    }
}
