import Casework
public import Values

extension InstallationSigns {
    /// A statement is missed when payments are older than this.
    private static let statementDays = 3

    /// What is to be mended of how it is run; decided from the signs alone.
    public func findings(now: Instant) -> [Finding] {
        [
            catalogueFinding, connectionFinding, certificateFinding(now), statementFinding(now.day), personFinding,
            deliveryFinding(now),
            runFinding,
        ]
    }

    private var catalogueFinding: Finding {
        guard catalogue == 0 else {
            return .ok(
                "catalogue",
                Phrase(vi: "danh mục phiên bản \(catalogue)", en: "version \(catalogue) of the catalogue is in force")
            )
        }
        return .weak(
            "catalogue",
            Phrase(
                vi: "chưa có danh mục: không tính được khoản thu nào",
                en: "there is no catalogue: nothing can be assessed"
            ),
            advice: Phrase(
                vi: "`khop catalogue import THƯ-MỤC`, hoặc trang Danh mục",
                en: "`khop catalogue import FOLDER`, or the catalogue's page"
            )
        )
    }

    /// The first few of some accounts.
    private static func list(_ accounts: [Account]) -> String {
        let named = accounts.prefix(5).map(\.number).joined(separator: ", ")
        return accounts.count > 5 ? "\(named), … (\(accounts.count))" : named
    }

    private var connectionFinding: Finding {
        let deaf = accounts.filter { !$0.hasConnection }
        guard !deaf.isEmpty else {
            return .ok(
                "connections",
                Phrase(vi: "tài khoản nào cũng có kết nối", en: "every account has a connection")
            )
        }
        let named = InstallationSigns.list(deaf)
        return .weak(
            "connections",
            Phrase(
                vi: "không có kết nối ngân hàng cho \(named): tiền chỉ được biết khi có sao kê",
                en: "no bank connection for \(named): money is known of only when its statement comes"
            ),
            advice: Phrase(
                vi: "`khop connection add`; xem docs/http-api.md",
                en: "`khop connection add`; see docs/http-api.md"
            )
        )
    }

    private func certificateFinding(_ now: Instant) -> Finding {
        let ending = certificates.map { (name: $0.connection, term: CertificateTerm(endsAt: $0.endsAt, now: now)) }
            .filter { !$0.term.isFine }
        guard let first = ending.first else {
            return .ok(
                "certificates",
                Phrase(vi: "không chứng thư nào của ngân hàng sắp hết hạn", en: "no bank's certificate ends soon")
            )
        }
        let others = ending.count > 1 ? " (+\(ending.count - 1))" : ""
        return .weak(
            "certificates",
            Phrase(
                vi: "\(first.name): \(first.term.sentence[.vietnamese])\(others)",
                en: "\(first.name): \(first.term.sentence[.english])\(others)"
            ),
            advice: Phrase(
                vi: "xin chứng thư mới của ngân hàng, rồi `khop connection rotate \(first.name)`",
                en: "ask the bank for its new one, then `khop connection rotate \(first.name)`"
            )
        )
    }

    private func statementFinding(_ today: Day) -> Finding {
        let late = accounts.filter { account in
            guard let notice = account.lastNotice else { return false }
            let last = account.lastStatement ?? Day(daysSinceEpoch: 0)
            return notice > last && notice < today.adding(days: -InstallationSigns.statementDays)
                || account.lastStatement != nil && last < today.adding(days: -7)
        }
        guard !late.isEmpty else {
            return .ok("statements", Phrase(vi: "sao kê được nhập đều", en: "statements are imported in time"))
        }
        let named = InstallationSigns.list(late)
        return .weak(
            "statements",
            Phrase(
                vi: "sao kê của \(named) chưa nhập nhiều ngày: các khoản đã báo chưa được xác nhận",
                en: "no statement of \(named) for days: what was reported is not confirmed"
            ),
            advice: Phrase(
                vi: "nhập ở trang Sao kê, hoặc bằng khóa vai trò feed",
                en: "import them on the page of statements, or by a key with the role feed"
            )
        )
    }

    private var personFinding: Finding {
        guard clerks == 0 || approvers == 0 else {
            return .ok(
                "persons",
                Phrase(vi: "đủ hai người cho mỗi quyết định", en: "there are two ends to every decision")
            )
        }
        return .weak(
            "persons",
            Phrase(
                vi: "có \(clerks) cán bộ tài chính và \(approvers) người duyệt: việc chuyển tiền cần cả hai",
                en: "\(clerks) finance staff and \(approvers) approvers: what moves money takes both"
            ),
            advice: Phrase(
                vi: "`khop person add … --role finance` và `--role approver`",
                en: "`khop person add … --role finance` and `--role approver`"
            )
        )
    }

    private func deliveryFinding(_ now: Instant) -> Finding {
        if givenUp > 0 {
            return .weak(
                "events",
                Phrase(
                    vi: "\(givenUp) sự kiện không giao được cho cổng dịch vụ công và đã bỏ",
                    en: "\(givenUp) events could not be delivered to portals and were given up"
                ),
                advice: Phrase(
                    vi: "sửa địa chỉ nhận, rồi gửi lại ở trang Sự kiện",
                    en: "mend the endpoint, then send them again on the page of events"
                )
            )
        }
        if let oldestWaiting, oldestWaiting < now.adding(seconds: -600) {
            return .wrong(
                "events",
                Phrase(
                    vi: "\(waiting) sự kiện chờ gửi, đáng lẽ đã gửi lại lúc \(oldestWaiting.formatted)",
                    en: "\(waiting) events wait; one was to be tried again at \(oldestWaiting.formatted)"
                ),
                advice: Phrase(vi: "dịch vụ có chạy không? `khop serve`", en: "does the service run? `khop serve`")
            )
        }
        return .ok("events", Phrase(vi: "sự kiện được giao", en: "events are delivered"))
    }

    private var runFinding: Finding {
        guard unfinishedRuns > 0 else {
            return .ok("runs", Phrase(vi: "không lần đối soát nào dở dang", en: "no run was left undone"))
        }
        return .weak(
            "runs",
            Phrase(
                vi: "\(unfinishedRuns) lần đối soát dở dang hơn một giờ",
                en: "\(unfinishedRuns) runs have not ended for more than an hour"
            ),
            advice: Phrase(
                vi: "đối soát lại tài khoản đó: lần sau làm tiếp từ chỗ dở dang",
                en: "reconcile the account again: it goes on where that run stopped"
            )
        )
    }
}
