import Values

extension ConsoleTexts {
    /// Persons, roles and keys.
    static let access: [String: Phrase] = [
        "operations": Phrase(vi: "Vận hành", en: "Operations"),
        "personsWord": Phrase(vi: "Người dùng", en: "Persons"),
        "email": Phrase(vi: "Thư", en: "E-mail"),
        "nameWord": Phrase(vi: "Tên", en: "Name"),
        "roleWord": Phrase(vi: "Vai trò", en: "Role"),
        "rolesWord": Phrase(vi: "Vai trò", en: "Roles"),
        "noRoles": Phrase(vi: "Chưa có vai trò nào.", en: "No role."),
        "localityOptional": Phrase(vi: "Mã địa bàn (để trống: cả tỉnh)", en: "Locality's code (empty: all)"),
        "untilOptional": Phrase(vi: "Đến hết ngày (để trống: không hạn)", en: "Through the day (empty: for good)"),
        "addPerson": Phrase(vi: "Thêm người dùng", en: "Add a person"),
        "invite": Phrase(vi: "Thêm và tạo lời mời", en: "Add and invite"),
        "invitation": Phrase(vi: "Liên kết mời", en: "Invitation link"),
        "inviteAgain": Phrase(vi: "Mời lại", en: "Invite again"),
        "shownOnce": Phrase(
            vi: "Chỉ hiện lần này: hãy chép và chuyển tận tay người nhận. Dùng được đến",
            en: "Shown only now: copy it and hand it to its owner. It works until"
        ),
        "giveRole": Phrase(vi: "Cấp vai trò", en: "Give the role"),
        "endRole": Phrase(vi: "Thu hồi", en: "End"),
        "disable": Phrase(vi: "Khóa: kết thúc mọi phiên", en: "Disable: ends every session"),
        "enable": Phrase(vi: "Mở khóa", en: "Enable"),
        "ownAccess": Phrase(
            vi: "Đây là bạn: một quản trị viên khác đổi quyền của bạn.",
            en: "This is you: another administrator changes your access."
        ),
        "addKey": Phrase(vi: "Tạo khóa cho một chương trình", en: "Make a key for a program"),
        "createKey": Phrase(vi: "Tạo khóa", en: "Make the key"),
        "keyOf": Phrase(vi: "Khóa của", en: "Key of"),
        "keyHolder": Phrase(vi: "Bên giữ khóa", en: "Who holds it"),
        "noKeys": Phrase(vi: "Chưa có khóa nào.", en: "There are no keys."),
        "lastUsedWord": Phrase(vi: "Dùng lần cuối", en: "Last used"),
        "expiresWord": Phrase(vi: "Hết hạn", en: "Expires"),
        "keyUntil": Phrase(vi: "Đến hết ngày (để trống: một năm)", en: "Through the day (empty: a year)"),
        "returnHosts": Phrase(
            vi: "Các máy chủ mà trang thanh toán được dẫn về, cách nhau bằng dấu cách",
            en: "Hosts that payment pages may lead back to, with spaces between"
        ),
        "previousSecret": Phrase(vi: "khóa trước còn dùng được đến", en: "the secret before works until"),
        "change": Phrase(vi: "Đổi hoặc thu hồi", en: "Change or revoke"),
        "rotate": Phrase(vi: "Đổi khóa", en: "New secret"),
        "revoke": Phrase(vi: "Thu hồi khóa", en: "Revoke the key"),
        "overlapHours": Phrase(vi: "Khóa cũ còn dùng bao nhiêu giờ", en: "Hours that the old one still works"),
    ]
}
