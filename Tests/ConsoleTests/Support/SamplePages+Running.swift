import Console
import Values

@testable import Collection

extension SamplePages {
    /// Connections, the catalogue, the check-up, and what goes on.
    static func running(_ language: Language) throws -> [Named] {
        let (caller, now) = (Sample.caller, Sample.now)
        let refused: [JSON] = [
            [
                "id": "refused:9", "outcome": "signature_mismatch", "detail": "chữ ký <sai> / a <wrong> signature",
                "received_at": "2026-11-23T08:00:00+07:00",
            ]
        ]
        let faulty = ServiceError(
            .catalogueFaulty,
            Phrase(vi: "Danh mục có 1 lỗi; chưa nhập gì.", en: "The catalogue has 1 fault(s); nothing was imported."),
            faults: [ServiceError.Fault("fees.csv:3:amount", Phrase(vi: "“<x>” phải là số", en: "“<x>” is no number"))]
        )
        let versions: [JSON] = [
            [
                "version": 3, "imported_at": "2026-11-01T08:00:00+07:00", "imported_by": "Quản <trị>",
                "summary": ["fees": ["added": 40, "ended": 0, "changed": 2]],
            ]
        ]
        var progress = StatementProgress.importing("sao-ke-<1>.csv", bytes: 4_000_000)
        progress.readBytes = 4_000_000
        progress.stage = .reconciling
        progress.run = RunProgress(decided: 1200, total: 5000, counts: ["matched": 1100, "unmatched": 100])
        let looked = try Sample.proposal()
        return [
            (
                "case-inquiry",
                CaseInquiryPage(Sample.letters, left: [40], back: "/console/cases", for: caller, in: language, now: now)
            ),
            ("connections", ConnectionsPage([Sample.signs], in: language, now: now)),
            ("connection", ConnectionPage(Sample.signs, refused: refused, next: 9, in: language, now: now)),
            ("callback", CallbackPage(try Sample.examined(isSeen: true), for: caller, in: language, now: now)),
            ("callback-masked", CallbackPage(try Sample.examined(isSeen: false), for: caller, in: language, now: now)),
            (
                "catalogue",
                CatalogueHistoryPage(
                    [looked.proposal],
                    versions: versions,
                    fault: faulty,
                    note: "đã \"gõ\"",
                    for: caller,
                    in: language,
                    now: now
                )
            ),
            ("catalogue-proposal", CatalogueProposalPage(looked, for: caller, in: language, now: now)),
            (
                "catalogue-version",
                CatalogueVersionPage(
                    3,
                    [["file": "fees.csv", "change": "added", "row": ["fee_code": "LP-<TT>", "amount": 30_000]]],
                    in: language,
                    now: now
                )
            ),
            (
                "doctor",
                DoctorPage(
                    Sample.installation.findings(now: now),
                    DoctorPage.State(signs: Sample.installation, program: "0.1.0", settling: (2, 1)),
                    in: language,
                    now: now
                )
            ),
            ("statement-progress", StatementProgressPage(progress, token: "token", in: language, now: now)),
        ]
    }
}
