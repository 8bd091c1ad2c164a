import BankCallbacks
import Casework
import FeeSchedule
import Foundation
import Values

@testable import Collection

extension Sample {
    /// Thirty callbacks in each hour of the day on weekdays, more in the morning.
    static var rhythm: ConnectionRhythm {
        let today = now.unixSeconds / 3600
        let hours = (1...(8 * 168)).compactMap { back -> ConnectionRhythm.Hour? in
            let hour = today - Int64(back)
            let local = Int((hour + 7) % 24)
            let weekday = Int(((hour + 7) / 24 + 3) % 7)
            guard weekday < 5, (7...17).contains(local) else { return nil }
            return ConnectionRhythm.Hour(hour: hour, callbacks: local < 11 ? 60 : 30)
        }
        return ConnectionRhythm(hours, since: ago(hours: 2000), now: now)
    }

    static var signs: ConnectionSigns.Listed { signs(of: connection) }

    static func signs(of connection: Connections.Listed) -> ConnectionSigns.Listed {
        let signs = ConnectionHealth.Signs(
            isDisabled: false,
            lastHeardAt: ago(hours: 30),
            recentCallbacks: 4,
            recentRefusals: 1,
            rhythm: rhythm
        )
        return ConnectionSigns.Listed(
            connection: connection,
            health: ConnectionHealth(signs, share: 1, isHoliday: false, now: now),
            causes: [
                ConnectionSigns.Cause(reason: "signature_mismatch", count: 3, detail: "webhook-signature: <sai>"),
                ConnectionSigns.Cause(reason: "timestamp_out_of_window", count: 1, detail: "webhook-timestamp"),
            ],
            rhythm: rhythm
        )
    }

    /// A callback of a bank that signs with another secret.
    static func examined(isSeen: Bool) throws -> CallbackReplay.Examined {
        let secret = "whsec_" + Data(0..<24).base64EncodedString()
        let settings = ConnectionSettings(
            name: "vcb",
            profile: .standard,
            secrets: [try CallbackSecret(profile: .standard, text: secret)],
            accountNumber: account
        )
        let body = #"{"transaction_id":"FT<9>","amount":25000,"memo":"ck \#(reference)"}"#
        let headers = [
            "webhook-id": "msg_9", "webhook-timestamp": String(now.unixSeconds),
            "webhook-signature": "v1," + Data(repeating: 7, count: 32).base64EncodedString(),
        ].sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
        let message = SignedMessage(
            method: "POST",
            path: "/v1/callbacks/vcb",
            headers: headers,
            body: Array(body.utf8)
        )
        return CallbackReplay.Examined(
            id: CallbackReplay.ID(place: .refused, number: 9),
            connection: "vcb",
            receivedAt: now,
            outcome: "signature_mismatch",
            headers: [":method: POST", ":path: /v1/callbacks/vcb"] + headers.map { "\($0.name): \($0.value)" },
            body: isSeen ? body : nil,
            isWhole: true,
            report: CallbackLab.examine(message, connection: settings, secrets: [secret], now: now)
        )
    }

    static let letters = [
        InquiryLetter(
            bankBIN: "970436",
            items: [
                InquiryLetter.Item(
                    id: 12,
                    kind: .unmatched,
                    account: account,
                    transactionID: "FT<1>",
                    at: ago(hours: 20),
                    amount: Money(25_000),
                    memo: "ck",
                    counterpartyName: "TRAN VAN NAM",
                    counterpartyAccount: "0011223344",
                    reference: ""
                ),
                InquiryLetter.Item(
                    id: 13,
                    kind: .missingAtBank,
                    account: account,
                    transactionID: "FT2",
                    at: ago(hours: 30),
                    amount: Money(1_250_000),
                    memo: "",
                    counterpartyName: "",
                    counterpartyAccount: "",
                    reference: reference
                ),
            ]
        )
    ]

    private static func rows(_ amount: String, from: String = "2026-01-01") throws -> CatalogueRows {
        try CatalogueParser.rows([
            .localities: [["25", "2025-07-01", "", "province", "", "Phú <Thọ>", "Phu Tho", ""]],
            .agencies: [["H44.01", "TT PVHCC", "Centre", "25", "970436", account, "TT PHUC VU HCC"]],
            .procedures: [["1.004222", "Đăng ký thường trú", "Permanent residence", "Cư trú"]],
            .fees: [
                [
                    "LP-TT", "1.004222", "charge", "Lệ phí <trú>", "Residence", "hồ sơ", amount, "", from, "",
                    "TT 75/2022", "2700", "flat", "", "", "", "", "", "",
                ]
            ],
        ])
    }

    /// A price that goes up, for last month's 1,200 payments.
    static func proposal(_ decision: CatalogueProposal.Decision? = nil) throws -> CatalogueProposal.Looked {
        let (old, new) = (try rows("20000"), try rows("30000"))
        let difference = CatalogueDifference(from: old, to: new, files: [.fees])
        let request = AssessmentRequest(
            agencyCode: "H44.01",
            procedureCode: "1.004222",
            channel: .online,
            day: day
        )
        let month = (Day(daysSinceEpoch: 20_727), Day(daysSinceEpoch: 20_757))
        let alike = [CatalogueRehearsal.Alike(request: request, count: 1200)]
        return CatalogueProposal.Looked(
            proposal: CatalogueProposal(
                id: 4,
                basedOn: 3,
                summary: ["fees": ["added": 0, "ended": 0, "changed": 1, "unchanged": 40]],
                note: "Nghị quyết <12>",
                proposedBy: "person:x",
                proposedByName: "Phạm <Hoa>",
                proposedAt: ago(hours: 2),
                decision: decision
            ),
            difference: difference,
            words: CatalogueSummary(difference, from: old),
            isOutdated: false,
            rehearsal: decision == nil
                ? CatalogueRehearsal(alike, from: old, to: new, month: month, day: day) : nil
        )
    }

    static let installation = InstallationSigns(
        catalogue: 3,
        accounts: [
            InstallationSigns.Account(number: account, hasConnection: false, lastNotice: day, lastStatement: day)
        ],
        clerks: 2,
        approvers: 0,
        waiting: 3,
        givenUp: 1,
        oldestWaiting: nil,
        unfinishedRuns: 0,
        certificates: [InstallationSigns.Certificate(connection: "ctg", endsAt: now.adding(seconds: 12 * 86_400))],
        jobs: [InstallationSigns.Job(name: "retention", value: "2026-11-22", changedAt: ago(hours: 9))],
        server: "15.14",
        migrations: 19
    )
}
