import Collection
import Foundation
import Values

extension Doctor {
    /// Keys, and khop's own folder: whom they belong to, and who else can read them.
    func fileFindings() -> [Finding] {
        var findings = [privacyFinding("home", settings.home)]
        let secret = settings.secretKeyPath
        if let secret {
            findings.append(privacyFinding("secret_key", secret))
        } else {
            findings.append(
                .weak(
                    "secret_key",
                    Phrase(
                        vi: "khóa bí mật nằm trong biến môi trường, tiến trình con và lệnh xem tiến trình có thể thấy",
                        en:
                            "the secret key is in the environment, where children and whoever lists processes may see it"
                    ),
                    advice: Phrase(
                        vi: "dùng KHOP_SECRET_KEY_FILE (systemd: LoadCredential)",
                        en: "use KHOP_SECRET_KEY_FILE (systemd: LoadCredential)"
                    )
                )
            )
        }
        findings.append(privacyFinding("seal_key", settings.sealKeyFile ?? settings.home + "/seal.key"))
        return findings
    }

    /// Whether only its owner, who is not root, can read a file or folder.
    func privacyFinding(_ name: String, _ path: String) -> Finding {
        var status = stat()
        guard stat(path, &status) == 0 else {
            return .unknown(
                name,
                Phrase(vi: "không xem được \(path)", en: "\(path) cannot be looked at"),
                advice: Phrase(
                    vi: "chạy `khop doctor` bằng người dùng của dịch vụ",
                    en: "run `khop doctor` as the service's user"
                )
            )
        }
        guard status.st_mode & 0o077 == 0 else {
            let mode = String(status.st_mode & 0o777, radix: 8)
            return .wrong(
                name,
                Phrase(
                    vi: "\(path) cho người khác truy cập (quyền \(mode)): umask của ai tạo ra nó quá rộng",
                    en: "\(path) is open to others (mode \(mode)): the umask of whoever made it is too wide"
                ),
                advice: Phrase(vi: "chmod go= \(path)", en: "chmod go= \(path)")
            )
        }
        guard status.st_uid != 0 else {
            return .weak(
                name,
                Phrase(
                    vi: "\(path) thuộc về root: dịch vụ chạy bằng root (--allow-root)?",
                    en: "\(path) belongs to root: does the service run as root (--allow-root)?"
                ),
                advice: Phrase(
                    vi: "chạy dịch vụ bằng người dùng riêng: ops/deploy/khop.service",
                    en: "run the service as a user of its own: ops/deploy/khop.service"
                )
            )
        }
        return .ok(name, Phrase(vi: "\(path) chỉ chủ đọc được", en: "\(path) is its owner's alone"))
    }

    /// Whether the file that tells of seals can be written, and is as fresh as the service keeps it.
    func sealFileFindings() -> [Finding] {
        let folder = settings.sealFolder ?? settings.home + "/seals"
        let path = folder + "/seals.jsonl"
        let exists = FileManager.default.fileExists(atPath: path)
        guard access(exists ? path : FileManager.default.fileExists(atPath: folder) ? folder : settings.home, W_OK) == 0
        else {
            return [
                .wrong(
                    "seal_file",
                    Phrase(vi: "không ghi được \(path)", en: "\(path) cannot be written"),
                    advice: Phrase(
                        vi: "cho người dùng của dịch vụ quyền ghi thư mục \(folder)",
                        en: "let the service's user write the folder \(folder)"
                    )
                )
            ]
        }
        let age = Doctor.age(of: path)
        guard let age, age < 86_400 else {
            return [
                .wrong(
                    "seal_file",
                    age == nil
                        ? Phrase(vi: "chưa có \(path)", en: "there is no \(path)")
                        : Phrase(
                            vi: "\(path) không được ghi từ hơn một ngày",
                            en: "\(path) was not written for more than a day"
                        ),
                    advice: Phrase(
                        vi: "dịch vụ có chạy không? thử `khop seal now`",
                        en: "does the service run? try `khop seal now`"
                    )
                )
            ]
        }
        return [.ok("seal_file", Phrase(vi: "niêm phong được ghi vào \(path)", en: "seals are written to \(path)"))]
    }

    /// A backup that is older than this has been missed.
    private static let backupSeconds: Int64 = 26 * 3600

    /// How old the mark of the last backup is.
    func backupFinding() -> Finding {
        guard let marker = settings.backupMarker else {
            return .unknown(
                "backup",
                Phrase(vi: "không biết lần sao lưu cuối", en: "when the last backup was made is not known"),
                advice: Phrase(
                    vi: "cho việc sao lưu `touch` một tệp khi xong, và đặt KHOP_BACKUP_MARKER là tệp đó",
                    en: "let the backup `touch` a file when it is done, and set KHOP_BACKUP_MARKER to it"
                )
            )
        }
        guard let age = Doctor.age(of: marker), age <= Doctor.backupSeconds else {
            return .wrong(
                "backup",
                Phrase(
                    vi: "\(marker) không có hoặc cũ hơn 26 giờ",
                    en: "\(marker) is missing or older than 26 hours"
                ),
                advice: Phrase(
                    vi: "xem vì sao việc sao lưu không chạy; xem docs/operations.md, Backup",
                    en: "see why the backup does not run; see docs/operations.md, Backup"
                )
            )
        }
        return .ok("backup", Phrase(vi: "đã sao lưu trong 26 giờ qua", en: "a backup was made in the last 26 hours"))
    }

    /// Seconds since a file was last written; `nil` if there is none.
    private static func age(of path: String) -> Int64? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return max(0, Instant.now().unixSeconds - Int64(status.st_mtim.tv_sec))
    }
}
