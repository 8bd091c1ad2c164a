import Console
import Identity
import Values

@testable import Collection

/// The pages of the console, made of fixed values.
enum SamplePages {
    typealias Named = (name: String, page: any ConsolePage)

    static func all(_ language: Language) throws -> [Named] {
        work(language) + books(language) + refunds(language) + (try figures(language)) + operating(language)
            + (try SampleReports.all(language))
            + (try running(language))
            + counter(language) + remittances(language) + platform(language) + (try trials(language))
            + (try mappings(language))
    }

    private static let caller = Sample.caller
    private static let now = Sample.now

    private static func work(_ language: Language) -> [Named] {
        let filter = CasesPage.Filter(kind: .unmatched, account: Sample.account, isOverdue: true)
        let choices = Cases.Choices(
            accounts: [Sample.account],
            agencies: ["H44.01"],
            assignees: ["Lê Thị <Mai>", "Nguyễn Thị Lan"]
        )
        let cases = [
            Sample.problem(12, .unmatched, .open), Sample.problem(13, .late, .awaitingApproval, due: -1),
        ]
        let typed = ["note": "đã \"gõ\"", "reference": Sample.reference]
        let lists: [Named] = [
            ("today", TodayPage(Sample.overview, for: caller, in: language, now: now)),
            (
                "cases",
                CasesPage(
                    cases,
                    filter,
                    proposals: [13: Sample.waiting],
                    counts: [.unmatched: 2, .late: 1],
                    choices: choices,
                    agencyNames: ["H44.01": "Trung tâm <HCC>"],
                    after: 3,
                    next: 13,
                    for: caller,
                    done: "2",
                    in: language,
                    now: now
                )
            ),
            ("case", casePage(typed, language)),
        ]
        let others: [Named] = [
            ("case-sheet", CaseSheetPage(Sample.judged, token: "token", for: caller, in: language, now: now)),
            ("find", FindPage(Sample.found, "nam", for: caller, in: language, now: now)),
            (
                "payment",
                StaffPaymentPage(
                    Sample.story,
                    agencyName: "Trung tâm <HCC>",
                    procedureName: "Đăng ký thường trú",
                    for: caller,
                    publicURL: "https://khop.example.vn",
                    in: language,
                    now: now
                )
            ),
            ("problem", ProblemPage(title: "404", detail: "Không có <trang> này.", back: "/console")),
        ]
        return lists + decisions(language) + others
    }

    private static func decisions(_ language: Language) -> [Named] {
        [
            (
                "case-approval",
                CaseApprovalPage(
                    Sample.approvals,
                    here: "/console/cases/batch?step=approve&cases=12.13",
                    back: "/console/cases",
                    note: "đã <gọi>",
                    for: caller,
                    in: language,
                    now: now
                )
            ),
            (
                "case-batch",
                CaseBatchPage(
                    Sample.batch,
                    least: .strong,
                    here: "/console/cases/batch?step=preview&cases=12.13",
                    back: "/console/cases",
                    for: caller,
                    in: language,
                    now: now
                )
            ),
        ]
    }

    private static func casePage(_ typed: [String: String], _ language: Language) -> CasePage {
        CasePage(
            Sample.file,
            payer: Sample.payerRecord,
            workers: ["Lê Thị <Mai>", "Nguyễn Thị Lan"],
            agency: "Trung tâm <HCC>",
            for: caller,
            next: 13,
            fault: ServiceError(.invalidBody, at: "/beneficiary/name", Phrase(vi: "còn <trống>", en: "is <empty>")),
            typed: typed,
            in: language,
            now: now
        )
    }

    private static func books(_ language: Language) -> [Named] {
        let dropped = Sample.previews.enumerated().map { number, preview in
            StatementPreviewPage.Dropped(token: "token-\(number)", name: "sao-ke-<\(number)>.csv", preview: preview)
        }
        let names = [Sample.account: "TT PHUC VU HCC"]
        return [
            (
                "statements",
                StatementsPage(
                    [Sample.statement(3)],
                    days: Sample.days,
                    accounts: Sample.accounts,
                    next: 3,
                    awaiting: false,
                    for: caller,
                    in: language,
                    now: now
                )
            ),
            ("statement", StatementPage(Sample.shownStatement, for: caller, in: language, now: now)),
            ("statement-preview", StatementPreviewPage(dropped, token: "kept", in: language, now: now)),
            ("days", DaysPage(Sample.days, names: names, in: language, now: now)),
            ("day", day(0, language)), ("day-signed", day(1, language)), ("day-signed-by-two", day(2, language)),
        ]
    }

    private static func day(_ signatures: Int, _ language: Language) -> DayPage {
        DayPage(
            Sample.explanation,
            Sample.record(signatures: signatures),
            accountName: "TT PHUC VU HCC",
            for: caller,
            in: language,
            now: now
        )
    }

    private static func refunds(_ language: Language) -> [Named] {
        let known = KnownPayee(hasPaidThis: true, refunds: 2, refunded: Money(90_000))
        let fault = ServiceError(
            .invalidBody,
            at: "/beneficiary/account_number",
            Phrase(vi: "không phải số tài khoản", en: "is no account")
        )
        let typed = [
            "payee": "account", "account": "00<b>", "reason_kind": "other", "reason": "thừa", "bank_bin": "970418",
        ]
        return [
            (
                "refunds",
                RefundsPage(
                    [Sample.refund(30, .requested), Sample.refund(31, .executed)],
                    state: .executed,
                    next: Sample.id(31).text,
                    accounts: [Sample.account],
                    for: caller,
                    in: language,
                    now: now
                )
            ),
            ("refund", RefundPage(Sample.refund(30, .requested), known: known, for: caller, in: language, now: now)),
            (
                "refund-approved",
                RefundPage(Sample.refund(31, .approved), known: nil, for: caller, in: language, now: now)
            ),
            ("refund-form-empty", RefundFormPage(nil, typed: [:], once: "", for: caller, in: language, now: now)),
            (
                "refund-form",
                RefundFormPage(
                    Sample.outlook,
                    typed: typed,
                    fault: fault,
                    once: "once",
                    for: caller,
                    in: language,
                    now: now
                )
            ),
        ]
    }

    private static func figures(_ language: Language) throws -> [Named] {
        let figures = RatesPage.Figures(
            report: try Sample.rates(),
            decision: try Sample.decision(),
            trend: Sample.trend,
            forecast: Sample.forecast
        )
        let paid: JSON = [
            "items": [
                [
                    "payment_request_id": .string(Sample.id(1).text), "reference": .string(Sample.reference),
                    "dossier_code": "H44-26-0001", "channel": "counter_cash", "paid_on": "2026-11-23", "amount": 20_000,
                ]
            ]
        ]
        return [
            ("rates", RatesPage(figures, periods: ["2026-11", "2026-Q4"], in: language, now: now)),
            (
                "paid",
                PaidListPage(
                    paid,
                    ReportAddress { ["period": "2026-11", "row": "00004", "counted": "cash", "hour": "9"][$0] },
                    periods: ["2026-11", "2026-Q4"],
                    areas: [ReportedArea(code: "00004", name: Phrase(vi: "Ba <Đình>", en: "Ba Dinh"))],
                    next: nil,
                    for: caller,
                    in: language,
                    now: now
                )
            ),
        ]
    }

    private static func operating(_ language: Language) -> [Named] {
        var state = OperationsPage.State()
        state.connections = [Sample.connection]
        state.refused = [
            [
                "id": "r-1", "connection": "vcb", "outcome": "signature_mismatch",
                "detail": "Chữ ký <không> đúng / The signature <is> wrong",
                "received_at": "2026-11-23T08:00:00+07:00",
            ]
        ]
        state.endpoints = [Sample.endpoint]
        state.dead = [Sample.event]
        state.versions = [["version": 3, "imported_at": "2026-11-01T08:00:00+07:00", "imported_by": "Quản trị"]]
        let link = OneTimeSecret(what: "Phạm <Hoa>", text: "https://khop.example.vn/invite/x", until: "26/11/2026")
        let keys = [Sample.key(70, days: 300), Sample.key(71, days: 10), Sample.key(72, days: -1)]
        return [
            ("operations", OperationsPage(state, for: caller, in: language, now: now)),
            ("persons", PersonsPage([Sample.person], invited: link, for: caller, in: language, now: now)),
            ("person", PersonPage(Sample.person, for: caller, in: language, now: now)),
            ("events", EventsPage([Sample.event], state: "dead", next: 81, for: caller, in: language, now: now)),
            (
                "event",
                EventPage(
                    Sample.event,
                    addresses: ["cổng-tỉnh": "https://dvc.example.vn/it's"],
                    for: caller,
                    in: language,
                    now: now
                )
            ),
            ("keys", KeysPage(keys, created: link, for: caller, in: language, now: now)),
        ]
    }
}
