/// The commonest passwords, lower case; `common-passwords.txt` states where they come from.
enum CommonPasswords {
    static let all = Set(
        String(decoding: PackageResources.common_passwords_txt, as: UTF8.self).split(separator: "\n")
            .filter { !$0.hasPrefix("# ") }.map { String($0) }
    )
}
