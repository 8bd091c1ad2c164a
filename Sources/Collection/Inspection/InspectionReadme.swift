import Values

/// The words that accompany a bundle, in both languages.
enum InspectionReadme {
    static func text(_ period: InspectionPeriod, _ counts: [String: Int]) -> String {
        let (from, to) = (period.days.lowerBound.formatted, period.days.upperBound.formatted)
        let tables = counts.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)" }.joined(separator: "\n")
        let seals = "\(period.first)–\(period.last.number)"
        return """
            GÓI THANH TRA CỦA KHỚP
            Từ \(from) đến \(to), các niêm phong số \(seals)

            Gói này gồm mọi việc đã được niêm phong trong kỳ (dịch vụ niêm phong vài giây sau khi ghi), nên hai kỳ liền nhau
            không bỏ sót và không lặp mục nào. Mỗi mục là một lá của cây Merkle (RFC 9162); gốc của cây được ký (Ed25519).

            inspection.sqlite   các bảng đầy đủ; mở bằng sqlite3 hoặc DB Browser for SQLite
            inspection.xlsx     các trang chính để đọc; mỗi trang tối đa \(InspectionSheets.mostRows) dòng
            proofs.jsonl        dòng đầu: hai niêm phong đầu và cuối kỳ, khóa công khai, chứng cứ nhất quán;
                                mỗi dòng sau: nguyên văn một mục và chứng cứ của nó
            verify.py           kiểm tra cả gói bằng Python 3, không cần Khớp và không cần mạng:
                                    python3 verify.py . KHÓA_CÔNG_KHAI
                                lấy khóa bằng `khop seal key` hoặc từ nơi khác, không lấy từ gói này

            Dữ liệu cá nhân: bảng có nguồn niêm phong (audit_entry, ledger_transfer, bank_notice, statement_line, …) chỉ có
            băm có muối (personal_hash) của tên, tài khoản người chuyển, nội dung chuyển khoản, thông điệp gốc. Người nhận tiền
            hoàn: không có tên, số tài khoản chỉ bốn ký tự cuối. Các bảng state_… (yêu cầu, vụ việc, khoản hoàn, biên bản đã ký,
            tài khoản sổ) cho biết hiện trạng để tiện đọc và không có chứng cứ riêng: lịch sử của chúng nằm ở các bảng có chứng
            cứ. Ghi chú do người dùng viết được giữ nguyên văn.

            Số mục theo bảng:
            \(tables)

            ----------------------------------------------------------------------------------------------------------------

            INSPECTION BUNDLE OF KHỚP
            From \(from) to \(to), seals \(seals)

            This bundle holds everything that was sealed in the period (the service seals some seconds after recording), so two
            periods that follow one another leave nothing out and hold nothing twice. Each entry is a leaf of a Merkle tree
            (RFC 9162), whose root is signed (Ed25519).

            inspection.sqlite   all tables; open it with sqlite3 or DB Browser for SQLite
            inspection.xlsx     the main sheets for reading, of \(InspectionSheets.mostRows) rows each at most
            proofs.jsonl        first line: the seals before and at the end of the period, the public key, the proof of
                                consistency; each further line: an entry as it was sealed, and its proof
            verify.py           checks the bundle with Python 3, without Khớp and without a network:
                                    python3 verify.py . PUBLIC_KEY
                                get the key by `khop seal key` or from another place, not from this bundle

            Personal data: of names, accounts of senders, memos and messages, the sealed tables (audit_entry, ledger_transfer,
            bank_notice, statement_line, …) hold a salted hash alone (personal_hash). Of whoever is paid back there is no name,
            and of the account the last four characters. The tables state_… (requests, cases, refunds, signed records, ledger
            accounts) say how things stand, for reading, and have no proofs of their own: their history is in the tables that
            have. Notes that users wrote are kept as written.

            """
    }
}
