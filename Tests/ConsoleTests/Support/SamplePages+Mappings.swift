import Console
import Statements
import Values

@testable import Collection

extension SamplePages {
    private static let table = """
        Ngân hàng <Thử>
        Ngày;Mã;Chi;Thu;Còn lại;Diễn nghĩa
        20/11/2026;GD0001;;100.000;1.100.000;nộp phí <b>
        20/11/2026;GD0002;50.000;;1.050.000;phí dịch vụ
        21/11/2026;GD0003;;30.000;1.080.000;nộp lệ phí

        """

    private static func stored(_ id: Int64, _ state: StoredMapping.State, account: String?) throws -> StoredMapping {
        let act = StoredMapping.Act(by: "person:other", name: "Bình <b>", at: Sample.ago(hours: 3))
        let json: JSON = [
            "name": "thu-nghiem", "title": "Ngân hàng <Thử>, tải từ ngân hàng điện tử", "bank": "970436",
            "header": ["Ngày", "Chi"], "dates": ["dd/MM/yyyy"],
            "columns": ["booked_at": ["Ngày"], "debit": ["Chi"], "credit": ["Thu", "Tiền vào"], "balance": 5],
        ]
        return StoredMapping(
            id: id,
            name: "thu-nghiem",
            version: Int32(id),
            bank: "970436",
            account: account,
            json: json,
            isProven: state == .inForce,
            made: act,
            accepted: state == .waiting ? nil : act,
            ended: state == .ended ? act : nil,
            note: state == .ended ? "ngân hàng đổi mẫu" : nil,
            state: state
        )
    }

    /// Tables that no layout reads.
    static func mappings(_ language: Language) throws -> [Named] {
        let (caller, now) = (Sample.caller, Sample.now)
        let bytes = Array(table.utf8)
        func draft(_ fields: [String: String]) throws -> MappingDraftPage {
            let draft = try MappingDraft(bytes, fields: fields, account: Sample.account, bank: "970436", now: now)
            return MappingDraftPage(
                draft,
                fields: fields,
                file: ("sao-ke-<la>.csv", "token"),
                accounts: Sample.accounts,
                in: language,
                now: now
            )
        }
        let waiting = try stored(2, .waiting, account: nil)
        let all = [waiting, try stored(1, .inForce, account: Sample.account), try stored(3, .ended, account: nil)]
        let trial = MappingTrial(bytes, as: try waiting.mapping(), account: nil, today: now.day)
        return [
            ("mappings", MappingsPage(all, for: caller, in: language, now: now)),
            ("mapping-draft", try draft([:])),
            ("mapping-draft-faulty", try draft(["set": "1", "c0": "booked_at", "c2": "amount", "c3": "amount"])),
            (
                "mapping-draft-unread",
                try draft([
                    "set": "1", "c5": "booked_at", "c2": "debit", "c3": "credit", "name": "la", "title": "Lạ \"<b>\"",
                ])
            ),
            (
                "mapping",
                MappingPage(waiting, versions: all, trial: (trial, "token"), for: caller, in: language, now: now)
            ),
        ]
    }
}
