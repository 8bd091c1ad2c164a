import Values

extension Vocabulary {
    /// What an entry of the audit says was done, after the name of who did it.
    public static let auditAction = Vocabulary(
        setUp.merging(persons) { $1 }.merging(money) { $1 }.merging(statements) { $1 }.merging(reads) { $1 }
    )

    private static let setUp: [String: Phrase] = [
        "account.expected_within": Phrase(vi: "đổi hạn báo có của tài khoản", en: "changed when lines are expected"),
        "account.recovery": Phrase(vi: "đổi cách ghi nhận từ sao kê", en: "changed who confirms recoveries"),
        "bank.play": Phrase(
            vi: "đóng vai ngân hàng của môi trường thử nghiệm",
            en: "played the bank of a test installation"
        ),
        "calendar.import": Phrase(vi: "thay lịch ngân hàng", en: "replaced the bank calendar"),
        "callback.replay": Phrase(vi: "xử lý lại một thông báo của ngân hàng", en: "replayed a callback"),
        "catalogue.import": Phrase(vi: "nhập danh mục", en: "imported the catalogue"),
        "catalogue.propose": Phrase(vi: "đề xuất danh mục mới", en: "proposed a catalogue"),
        "catalogue.adopt": Phrase(vi: "đưa danh mục vào hiệu lực", en: "put a catalogue in force"),
        "catalogue.reject": Phrase(vi: "bác đề xuất danh mục", en: "turned down a catalogue"),
        "connection.add": Phrase(vi: "thêm kết nối ngân hàng", en: "added a connection"),
        "connection.commission": Phrase(vi: "đổi mức phí của cổng thanh toán", en: "changed the gateway's fee"),
        "connection.disable": Phrase(vi: "ngừng kết nối ngân hàng", en: "disabled a connection"),
        "connection.enable": Phrase(vi: "dùng lại kết nối ngân hàng", en: "enabled a connection"),
        "connection.learn_merchant": Phrase(
            vi: "ghi nhận mã đơn vị của kết nối",
            en: "learned the merchant of a connection"
        ),
        "connection.rotate": Phrase(vi: "thay khóa bí mật của kết nối", en: "rotated the secret of a connection"),
        "event.redeliver": Phrase(vi: "gửi lại một sự kiện", en: "sent an event again"),
        "event.redeliver_dead": Phrase(vi: "gửi lại các sự kiện đã thôi gửi", en: "sent dead events again"),
        "event_endpoint.add": Phrase(vi: "thêm điểm nhận sự kiện", en: "added an event endpoint"),
        "event_endpoint.disable": Phrase(vi: "ngừng điểm nhận sự kiện", en: "disabled an event endpoint"),
        "event_endpoint.enable": Phrase(vi: "bật lại điểm nhận sự kiện", en: "enabled an event endpoint"),
        "event_endpoint.remove": Phrase(vi: "xóa điểm nhận sự kiện", en: "removed an event endpoint"),
        "event_endpoint.rotate": Phrase(vi: "thay khóa của điểm nhận sự kiện", en: "rotated an endpoint's secret"),
        "key.add": Phrase(vi: "tạo khóa API", en: "created an API key"),
        "key.revoke": Phrase(vi: "thu hồi khóa API", en: "revoked an API key"),
        "key.rotate": Phrase(vi: "thay khóa API", en: "rotated an API key"),
        "lab.check": Phrase(vi: "kiểm tra một callback trong phòng thử", en: "examined a callback in the lab"),
        "limit.set": Phrase(vi: "đặt hạn mức duyệt hoàn tiền", en: "set a limit of approvals"),
        "secrets.reseal": Phrase(vi: "niêm phong lại các khóa bí mật", en: "sealed the secrets again"),
        "audit.export": Phrase(vi: "xuất gói thanh tra", en: "exported an inspection bundle"),
    ]

    private static let persons: [String: Phrase] = [
        "login": Phrase(vi: "đăng nhập", en: "logged in"),
        "login.break_glass": Phrase(
            vi: "đăng nhập bằng mật khẩu riêng, không qua máy chủ tài khoản",
            en: "logged in with a local password, past the provider"
        ),
        "login.failed": Phrase(vi: "đăng nhập không thành công", en: "failed to log in"),
        "person.accept_invitation": Phrase(vi: "nhận lời mời", en: "accepted an invitation"),
        "person.add": Phrase(vi: "thêm người dùng", en: "added a person"),
        "person.change_password": Phrase(vi: "đổi mật khẩu", en: "changed the password"),
        "person.delegate": Phrase(vi: "ủy quyền vai trò cho người khác", en: "delegated a role to another person"),
        "person.disable": Phrase(vi: "khóa người dùng", en: "disabled a person"),
        "person.enable": Phrase(vi: "mở lại người dùng", en: "enabled a person"),
        "person.end_delegation": Phrase(vi: "chấm dứt một ủy quyền", en: "ended a delegation"),
        "person.grant_role": Phrase(vi: "giao vai trò", en: "granted a role"),
        "person.invite": Phrase(vi: "gửi lời mời", en: "invited a person"),
        "person.link_identity": Phrase(
            vi: "gắn tài khoản của máy chủ tài khoản",
            en: "linked an account of the provider"
        ),
        "person.login_link": Phrase(
            vi: "tạo liên kết đăng nhập để phát triển",
            en: "made a login link for development"
        ),
        "person.renew_recovery_codes": Phrase(vi: "tạo lại mã khôi phục", en: "renewed the recovery codes"),
        "person.revoke_role": Phrase(vi: "thu lại vai trò", en: "revoked a role"),
        "person.unlink_identity": Phrase(
            vi: "gỡ tài khoản của máy chủ tài khoản",
            en: "unlinked an account of the provider"
        ),
        "saved_view.delete": Phrase(vi: "xóa một bộ lọc đã lưu", en: "deleted a saved view"),
        "saved_view.rename": Phrase(vi: "đổi tên một bộ lọc đã lưu", en: "renamed a saved view"),
        "saved_view.save": Phrase(vi: "lưu một bộ lọc", en: "saved a view"),
        "session.end": Phrase(vi: "kết thúc một phiên đăng nhập khác", en: "ended another session"),
        "session.logout": Phrase(vi: "đăng xuất", en: "logged out"),
        "session.step_up": Phrase(vi: "nhập lại mã xác thực", en: "gave a fresh code"),
        "session.step_up_failed": Phrase(vi: "nhập sai mã xác thực", en: "gave a wrong code"),
    ]

    private static let money: [String: Phrase] = {
        var words: [String: Phrase] = [
            "case.note": Phrase(vi: "ghi chú vào vụ việc", en: "noted on a case"),
            "case.propose": Phrase(vi: "đề xuất cách xử lý vụ việc", en: "proposed what becomes of a case"),
            "case.withdraw": Phrase(vi: "rút đề xuất về vụ việc", en: "withdrew a proposal"),
            "counter_payment.offer_code": Phrase(
                vi: "chuyển khoản thu tại quầy sang mã VietQR",
                en: "let a counter payment be paid by its code"
            ),
            "counter_payment.take": Phrase(vi: "thu tiền tại quầy", en: "took a counter payment"),
            "basket.create": Phrase(vi: "lập giỏ thanh toán", en: "made a basket"),
            "basket.cancel": Phrase(vi: "hủy giỏ thanh toán", en: "cancelled a basket"),
            "shift.open": Phrase(vi: "mở ca thu", en: "opened a shift"),
            "shift.count": Phrase(vi: "kiểm đếm ca thu, có khoản lệch", en: "counted a shift with a difference"),
            "shift.close": Phrase(vi: "đóng ca thu", en: "closed a shift"),
            "shift.approve": Phrase(vi: "duyệt khoản lệch của ca thu", en: "approved the difference of a shift"),
            "shift.give_back": Phrase(vi: "chi tiền hoàn tại quầy", en: "handed out a refund"),
            "cash_deposit.make": Phrase(vi: "nộp tiền mặt vào ngân hàng", en: "carried cash to the bank"),
            "remittance.make": Phrase(vi: "lập lệnh nộp ngân sách", en: "made an order to the Treasury"),
            "remittance.approve": Phrase(vi: "duyệt lệnh nộp ngân sách", en: "approved an order to the Treasury"),
            "remittance.reject": Phrase(vi: "từ chối lệnh nộp ngân sách", en: "rejected an order to the Treasury"),
            "remittance.send": Phrase(vi: "mang lệnh nộp ngân sách đến ngân hàng", en: "took an order to the bank"),
            "remittance.file": Phrase(vi: "lấy tệp lệnh nộp ngân sách", en: "took the file of an order"),
            "remittance.return": Phrase(vi: "ghi nhận lệnh nộp bị trả lại", en: "recorded that an order came back"),
            "remittance.settle": Phrase(vi: "ghi nhận đã nộp ngân sách", en: "recorded that an order was carried out"),
            "remittance.undo": Phrase(vi: "gỡ ghi nhận đã nộp ngân sách", en: "undid that an order was carried out"),
            "treasury_payer.set": Phrase(
                vi: "đặt thông tin nộp kho bạc của cơ quan",
                en: "set how an agency pays the Treasury"
            ),
            "payment_request.create": Phrase(
                vi: "lập yêu cầu thanh toán tại máy chủ",
                en: "created a payment request at the command line"
            ),
            "payment_request.cancel": Phrase(vi: "hủy yêu cầu thanh toán", en: "cancelled a payment request"),
            "payment_request.cancel_and_refund": Phrase(
                vi: "hủy yêu cầu thanh toán và đề nghị hoàn tiền",
                en: "cancelled a payment request with a refund"
            ),
            "payment_request.renew": Phrase(
                vi: "người nộp lấy mã thanh toán mới",
                en: "the payer asked for a fresh price"
            ),
            "payment_request.end_renewal": Phrase(
                vi: "hủy mã thanh toán mới vì khoản cũ đã được nộp",
                en: "cancelled a renewed request, because the older one was paid"
            ),
            "refund.adopt": Phrase(
                vi: "nhận đề nghị hoàn tiền của một chương trình",
                en: "took over a refund that a program asked for"
            ),
            "refund.approve": Phrase(vi: "duyệt hoàn tiền", en: "approved a refund"),
            "receipt.notice": Phrase(vi: "thông báo sai sót của biên lai", en: "told of an error in a receipt"),
            "receipt.reprint": Phrase(vi: "in lại biên lai", en: "printed a receipt again"),
            "receipt_provider.set": Phrase(vi: "đặt nhà cung cấp cấp số biên lai", en: "set a provider of receipts"),
            "receipt_provider.end": Phrase(vi: "ngừng nhà cung cấp biên lai", en: "ended a provider of receipts"),
            "provider_receipt.number": Phrase(vi: "nhận số biên lai của nhà cung cấp", en: "got a provider's number"),
            "statement_mapping.save": Phrase(vi: "lưu mẫu sao kê", en: "saved a mapping of statements"),
            "statement_mapping.accept": Phrase(vi: "chấp nhận mẫu sao kê", en: "accepted a mapping of statements"),
            "statement_mapping.end": Phrase(vi: "bác hoặc ngừng mẫu sao kê", en: "ended a mapping of statements"),
            "platform_link.set": Phrase(
                vi: "đặt địa chỉ của nền tảng thanh toán quốc gia",
                en: "set the addresses of the national payment platform"
            ),
            "platform_link.end": Phrase(vi: "ngừng nền tảng thanh toán quốc gia", en: "ended the payment platform"),
            "platform_payment.end": Phrase(
                vi: "ghi kết quả một lần thanh toán qua nền tảng",
                en: "recorded what became of an attempt at the platform"
            ),
            "platform_file.import": Phrase(vi: "nhập tệp đối soát của nền tảng", en: "imported a platform's file"),
            "platform_file.answer": Phrase(vi: "lấy tệp trả lời đối soát", en: "took the answer to a platform's file"),
            "contact.add": Phrase(vi: "người nộp nhờ báo tin", en: "the payer asked to be told"),
            "contact.stop": Phrase(vi: "người nộp thôi nhận tin", en: "the payer asked for silence"),
            "message.test": Phrase(vi: "gửi tin thử", en: "sent a message as a test"),
            "receipt.replace": Phrase(vi: "lập biên lai thay thế", en: "replaced a receipt"),
            "receipt_collector.set": Phrase(
                vi: "đặt thông tin cơ quan thu trên biên lai",
                en: "set what receipts say about an agency"
            ),
            "refund.execute": Phrase(vi: "thực hiện hoàn tiền", en: "executed a refund"),
            "refund.file": Phrase(vi: "lấy tệp chi trả", en: "took a payment file"),
            "refund.reject": Phrase(vi: "từ chối hoàn tiền", en: "rejected a refund"),
            "refund.request": Phrase(vi: "đề nghị hoàn tiền", en: "requested a refund"),
            "refund.settle": Phrase(vi: "ghi nhận khoản hoàn đã chi", en: "recorded that a refund left the bank"),
            "refund.undo": Phrase(vi: "gỡ ghi nhận khoản hoàn đã chi", en: "undid that a refund left the bank"),
        ]
        for action in CaseAction.allCases {
            words["case.\(action.rawValue)"] = Phrase(
                vi: "xử lý vụ việc: \(action.words[.vietnamese])",
                en: "decided a case: \(action.words[.english])"
            )
        }
        return words
    }()

    private static let statements: [String: Phrase] = [
        "reconciliation.begin": Phrase(vi: "bắt đầu đối soát", en: "began a reconciliation"),
        "reconciliation.finish": Phrase(vi: "đối soát xong", en: "finished a reconciliation"),
        "reconciliation.countersign": Phrase(
            vi: "ký lần hai biên bản đối soát",
            en: "signed a reconciliation record for the second time"
        ),
        "reconciliation.sign_off": Phrase(vi: "ký biên bản đối soát", en: "signed a reconciliation record"),
        "statement.confirm": Phrase(vi: "xác nhận khoản ghi nhận từ sao kê", en: "confirmed recoveries"),
        "statement.force": Phrase(vi: "nhập bắt buộc sao kê", en: "forced the import of a statement"),
        "statement.import": Phrase(vi: "nhập sao kê", en: "imported a statement"),
        "statement.undo": Phrase(vi: "gỡ sao kê đã nhập", en: "undid a statement"),
    ]

    private static let reads: [String: Phrase] = [
        "personal_data.erase": Phrase(vi: "xóa dữ liệu cá nhân của người nộp", en: "erased a payer's data"),
        "personal_data.find": Phrase(vi: "tìm dữ liệu cá nhân của người nộp", en: "looked for a payer's data"),
        "personal_data.unmask": Phrase(vi: "xem đầy đủ dữ liệu cá nhân", en: "saw personal data in full"),
        "read.audit": Phrase(vi: "xem nhật ký kiểm toán", en: "read the audit"),
        "read.callback": Phrase(vi: "xem nguyên văn thông báo của ngân hàng", en: "read a callback as received"),
        "read.case": Phrase(vi: "xem vụ việc", en: "read a case"),
        "read.cases": Phrase(vi: "xem danh sách vụ việc", en: "read a list of cases"),
        "read.inquiry": Phrase(vi: "lấy phiếu tra soát", en: "took an inquiry to the bank"),
        "read.payment_request": Phrase(vi: "xem người nộp của một yêu cầu", en: "read the payer of a request"),
        "read.payment_requests": Phrase(vi: "xem người nộp của nhiều yêu cầu", en: "read the payers of requests"),
        "read.payments": Phrase(vi: "xem danh sách người đã nộp", en: "read a list of payments"),
        "read.receipt": Phrase(vi: "xem biên lai", en: "read a receipt"),
        "read.refund": Phrase(vi: "xem khoản hoàn", en: "read a refund"),
        "read.refunds": Phrase(vi: "xem danh sách khoản hoàn", en: "read a list of refunds"),
        "read.search": Phrase(vi: "tìm kiếm trong các khoản nộp", en: "searched the payments"),
        "read.statement": Phrase(vi: "xem các dòng của sao kê", en: "read lines of a statement"),
        "retention.run": Phrase(vi: "xóa dữ liệu hết thời hạn lưu", en: "let go of what is kept for a time"),
    ]
}
