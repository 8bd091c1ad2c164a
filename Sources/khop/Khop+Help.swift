import Values

extension Khop {
    /// What `khop --help` says of all commands together.
    static let help = Phrase(
        vi: """
            Cơ sở dữ liệu là KHOP_DATABASE_URL; không nêu thì khop chạy PostgreSQL riêng trong .khop/.
            Mọi lệnh có in đều nhận --json: một tài liệu JSON ra đầu ra chuẩn, mọi điều cho người đọc ra đầu ra lỗi.
            Mã thoát: 0 xong, 1 phát hiện sai, 2 dùng sai hoặc dữ liệu vào sai.
            Số tiền viết 10000 hoặc 10.000; ngày viết 25/11/2026 hoặc 2026-11-25.

            Cấu hình, từ biến môi trường, sau đó từ tệp KHOP_CONFIG_FILE (các dòng TÊN=giá trị):
              KHOP_DATABASE_URL      cơ sở dữ liệu ở đâu; sslmode=verify-full và các tùy chọn khác của libpq
              KHOP_HOME              thư mục tệp riêng của khop (mặc định .khop)
              KHOP_HOST, KHOP_PORT   máy chủ lắng nghe ở đâu (127.0.0.1, 8080)
              KHOP_PUBLIC_URL        phần đầu của liên kết thanh toán (http://HOST:PORT)
              KHOP_SECRET_KEY        32 byte viết theo base64 để niêm phong khóa bí mật của ngân hàng; hoặc KHOP_SECRET_KEY_FILE
              KHOP_GRACE_SECONDS     yêu cầu hết hạn còn được nộp theo giá cũ trong bao lâu (86400)
              KHOP_RECONCILE_AT      lúc dịch vụ đối soát mọi tài khoản đến hết ngày hôm trước (06:30)
              KHOP_RECONCILE_AFTER_MINUTES  bao lâu sau khi nhập sao kê thì tự đối soát; 0 là không (10)
              KHOP_STATEMENT_MAPPINGS  thư mục các tệp JSON, mỗi tệp là mẫu sao kê của một ngân hàng
              KHOP_POOL_SIZE         số kết nối cơ sở dữ liệu (8)
              KHOP_LANG              vi hoặc en: ngôn ngữ của thông báo (nếu không: LC_ALL, LC_MESSAGES, LANG)
              KHOP_LOG_LEVEL         trace, debug, info, notice, warning, error, critical (info)
            """,
        en: """
            The database is the one of KHOP_DATABASE_URL; without it khop runs its own PostgreSQL under .khop/.
            Every command that prints takes --json: one JSON document on standard output, everything for people on
            standard error. Exit codes: 0 done, 1 found something wrong, 2 bad usage or input.
            Amounts are written 10000 or 10.000, days 25/11/2026 or 2026-11-25.

            Configuration, from the environment over the file of KHOP_CONFIG_FILE (lines of NAME=value):
              KHOP_DATABASE_URL      where the database is; sslmode=verify-full and the like as libpq reads them
              KHOP_HOME              where khop keeps its own files (default .khop)
              KHOP_HOST, KHOP_PORT   where the server listens (127.0.0.1, 8080)
              KHOP_PUBLIC_URL        what pay links begin with (http://HOST:PORT)
              KHOP_SECRET_KEY        32 bytes in base64 that seal the banks' secrets; or KHOP_SECRET_KEY_FILE
              KHOP_GRACE_SECONDS     how long an expired request may still be paid at its price (86400)
              KHOP_RECONCILE_AT      when the service reconciles every account through the day before (06:30)
              KHOP_RECONCILE_AFTER_MINUTES  how long after an import it does so by itself; 0 for never (10)
              KHOP_STATEMENT_MAPPINGS  a folder of JSON files, each the layout of a bank's statements
              KHOP_POOL_SIZE         database connections (8)
              KHOP_LANG              vi or en: the language of messages (else LC_ALL, LC_MESSAGES or LANG)
              KHOP_LOG_LEVEL         trace, debug, info, notice, warning, error, critical (info)
            """
    )
}
