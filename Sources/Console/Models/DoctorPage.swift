public import Collection
public import Values

/// How the installation is: what is wrong and how to mend it, versions, jobs and queues.
public struct DoctorPage: ConsolePage {
    public static let template = "doctor"
    public static let section: ConsoleSection? = .operations

    struct Item: Sendable {
        let badge: Badge
        let found: String
        let advice: String?
    }

    public let title: String
    let verdict: String
    let isSound: Bool
    let toMend: [Item]
    let hasToMend: Bool
    let sound: [Item]
    let versions: [Fact]
    let queues: [Fact]
    let jobs: [Fact]

    /// What the page tells beside the findings.
    public struct State: Sendable {
        public let signs: InstallationSigns
        public let program: String
        /// Notices that wait to be settled by this server, and batches of them that are being written.
        public let settling: (waiting: Int, inFlight: Int)

        public init(signs: InstallationSigns, program: String, settling: (waiting: Int, inFlight: Int)) {
            self.signs = signs
            self.program = program
            self.settling = settling
        }
    }

    public init(_ findings: [Finding], _ state: State, in language: Language, now: Instant = .now()) {
        let word = Wording(language: language, now: now)
        title = word(vi: "Khám cài đặt", en: "Check-up of the installation")
        let order: [Finding.Level] = [.wrong, .weak, .unknown]
        toMend = order.flatMap { level in findings.filter { $0.level == level } }.map { DoctorPage.item($0, word) }
        hasToMend = !toMend.isEmpty
        sound = findings.filter { $0.level == .ok }.map { DoctorPage.item($0, word) }
        let wrong = findings.count { $0.level == .wrong }
        isSound = wrong == 0
        verdict =
            wrong == 0
            ? word(
                vi: "Không có gì sai trong \(findings.count) điều đã xem.",
                en: "Nothing is wrong of the \(findings.count) things looked at."
            )
            : word(
                vi: "\(wrong) điều phải sửa trong \(findings.count) điều đã xem.",
                en: "\(wrong) of the \(findings.count) things looked at are to be mended."
            )
        let signs = state.signs
        versions = [
            Fact("Khớp", state.program), Fact("PostgreSQL", signs.server),
            Fact(word(vi: "Cấu trúc cơ sở dữ liệu", en: "Schema of the database"), String(signs.migrations)),
            Fact(
                word(vi: "Danh mục", en: "Catalogue"),
                String(signs.catalogue),
                href: CatalogueHistoryPage.path
            ),
        ].compactMap { $0 }
        queues = [
            Fact(
                word(vi: "Thông báo chờ hạch toán; lô đang ghi", en: "Notices to be settled; batches being written"),
                "\(word.number(state.settling.waiting)); \(word.number(state.settling.inFlight))"
            ),
            Fact(
                word(vi: "Sự kiện chờ giao", en: "Events that wait"),
                word.number(signs.waiting),
                href: "/console/operations/events?state=pending"
            ),
            Fact(
                word(vi: "Sự kiện đã bỏ", en: "Events given up"),
                word.number(signs.givenUp),
                href: "/console/operations/events?state=dead"
            ),
            Fact(word(vi: "Đối soát dở dang", en: "Runs left undone"), word.number(signs.unfinishedRuns)),
        ].compactMap { $0 }
        jobs = signs.jobs.compactMap { job in
            Fact(word[DoctorPage.words(job.name)], "\(job.value) · \(word.age(job.changedAt))")
        }
    }

    private static func item(_ finding: Finding, _ word: Wording) -> Item {
        let badge: Badge =
            switch finding.level {
            case .ok: Badge("✓", .done)
            case .weak: Badge(word(vi: "nên sửa", en: "weak"), .wait)
            case .unknown: Badge(word(vi: "không rõ", en: "unknown"), .plain)
            case .wrong: Badge(word(vi: "sai", en: "wrong"), .warn)
            }
        return Item(badge: badge, found: word[finding.found], advice: finding.advice.map { word[$0] })
    }

    private static func words(_ job: String) -> Phrase {
        switch job {
        case "daily_reconciliation": Phrase(vi: "Đối soát hằng ngày", en: "Daily reconciliation")
        case "retention": Phrase(vi: "Xóa dữ liệu hết hạn lưu", en: "Letting go of what is past its time")
        default: Phrase(same: job)
        }
    }
}
