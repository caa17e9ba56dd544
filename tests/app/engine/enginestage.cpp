#include "tests/app/engine/enginestage.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSet>
#include <QTcpServer>
#include <QTcpSocket>

#include <csignal>

using namespace Qt::StringLiterals;

namespace Fairlead::Test {

namespace {

constexpr int EndMs = 90'000; // sanitizers on a loaded machine

QString textOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// The first value of a key; the demo's administrator and cluster stand first.
QString valueOf(const QString &key, const QString &text)
{
    return QRegularExpression(key + u": *(\\S+)"_s).match(text).captured(1);
}

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
}

} // namespace

QList<quint16> freePorts(int count)
{
    static QSet<quint16> given;
    QList<quint16> ports;
    while (ports.size() < count) {
        const auto port = quint16(QRandomGenerator::global()->bounded(15'000, 30'000));
        QTcpServer server;
        if (given.contains(port) || !server.listen(QHostAddress::LocalHost, port))
            continue;
        given << port;
        ports << port;
    }
    return ports;
}

QMap<QString, int> portsOf(const QMap<QString, QJsonObject> &forwards)
{
    QMap<QString, int> ports;
    for (const QJsonObject &forward : forwards)
        ports[forward[u"name"_s].toString()] = forward[u"ports"_s][0][u"listeners"_s][0][u"port"_s].toInt();
    return ports;
}

bool servesAPage(int port)
{
    QTcpSocket program;
    program.connectToHost(QHostAddress::LocalHost, quint16(port));
    program.write("GET / HTTP/1.0\r\n\r\n");
    QByteArray answer;
    while (program.waitForReadyRead(Patience))
        answer += program.readAll();
    return answer.contains("200 OK");
}

bool says(const CommandResult &result, int exitCode, const QByteArray &words)
{
    return result.exitCode == exitCode && (result.out + result.error).contains(words);
}

DemoProcess::DemoProcess()
{
    const QString path = m_folder.filePath(u"kubeconfig"_s);
    m_process.start(QStringLiteral(FAIRLEAD_BINARY), {u"demo"_s, u"--kubeconfig-out"_s, path});
    QByteArray printed;
    if (QTest::qWaitFor([&] { return (printed += m_process.readAll()).contains("Ctrl-C"); }, EndMs))
        m_kubeconfig = path;
}

DemoProcess::~DemoProcess()
{
    killNow(m_process);
}

QByteArray DemoProcess::server() const
{
    return valueOf(u"server"_s, textOf(m_kubeconfig)).toUtf8();
}

QByteArray kubeconfigOf(const QMap<QString, QString> &files)
{
    QString clusters;
    QString users;
    QString contexts;
    for (auto file = files.begin(); file != files.end(); ++file) {
        const QString text = textOf(file.value());
        clusters += u"- name: %1\n  cluster: {server: '%2', certificate-authority-data: %3}\n"_s.arg(
            file.key(), valueOf(u"server"_s, text), valueOf(u"certificate-authority-data"_s, text));
        users += u"- name: %1\n  user: {client-certificate-data: %2, client-key-data: %3}\n"_s.arg(
            file.key(), valueOf(u"client-certificate-data"_s, text), valueOf(u"client-key-data"_s, text));
        contexts += u"- name: %1\n  context: {cluster: %1, user: %1}\n"_s.arg(file.key());
    }
    return u"apiVersion: v1\nkind: Config\nclusters:\n%1users:\n%2contexts:\n%3"_s.arg(clusters, users, contexts)
        .toUtf8();
}

UserStage::UserStage()
{
    for (const char *folder : {"run", "config", "data/fairlead/profiles", "tmp"})
        QDir(m_folder.path()).mkpath(QLatin1StringView(folder));
    QFile::setPermissions(path(u"run"_s), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

UserStage::~UserStage()
{
    for (const auto &program : m_programs) {
        const int exitCode = program->state() == QProcess::NotRunning ? program->exitCode() : -1;
        killNow(*program);
        if (QTest::currentTestFailed())
            qWarning("%s: exit code %d (-1: it ran)\n%s", qUtf8Printable(program->arguments().join(u' ')), exitCode,
                     (program->readAllStandardOutput() + program->readAllStandardError()).constData());
    }
}

void UserStage::setKubeconfig(const QByteArray &text)
{
    write(path(u"kubeconfig"_s), text);
}

void UserStage::addProfile(const QString &file, const QByteArray &text)
{
    write(path(u"data/fairlead/profiles/"_s + file), text);
}

QProcessEnvironment UserStage::environment() const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"HOME"_s, m_folder.path());
    environment.insert(u"XDG_RUNTIME_DIR"_s, path(u"run"_s));
    environment.insert(u"XDG_CONFIG_HOME"_s, path(u"config"_s));
    environment.insert(u"XDG_DATA_HOME"_s, path(u"data"_s));
    environment.insert(u"TMPDIR"_s, path(u"tmp"_s));
    environment.insert(u"KUBECONFIG"_s, path(u"kubeconfig"_s));
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    for (const QString &name : {u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s, u"XDG_ACTIVATION_TOKEN"_s})
        environment.remove(name);
    return environment;
}

QProcess &UserStage::start(const QStringList &arguments)
{
    auto &program = *m_programs.emplace_back(std::make_unique<QProcess>());
    program.setProcessEnvironment(environment());
    program.setWorkingDirectory(m_folder.path());
    program.start(QStringLiteral(FAIRLEAD_BINARY), arguments);
    return program;
}

CommandResult UserStage::run(const QStringList &arguments) const
{
    QProcess program;
    program.setProcessEnvironment(environment());
    program.setWorkingDirectory(m_folder.path());
    program.setStandardInputFile(QProcess::nullDevice());
    program.start(QStringLiteral(FAIRLEAD_BINARY), arguments);
    const bool ended = program.waitForFinished(EndMs);
    const CommandResult result{ended ? program.exitCode() : -1, program.readAllStandardOutput(),
                               program.readAllStandardError()};
    if (!ended)
        killNow(program);
    return result;
}

QMap<QString, QJsonObject> UserStage::status() const
{
    QMap<QString, QJsonObject> result;
    const CommandResult command = run({u"status"_s, u"-o"_s, u"json"_s});
    const QJsonArray forwards = QJsonDocument::fromJson(command.out)[u"forwards"_s].toArray();
    for (const auto &forward : forwards)
        result.insert(forward[u"name"_s].toString(), forward.toObject());
    return result;
}

int UserStage::countOf(const QString &state) const
{
    const auto forwards = status();
    return int(std::count_if(forwards.begin(), forwards.end(),
                             [&](const QJsonObject &forward) { return forward[u"state"_s] == state; }));
}

QByteArray UserStage::session() const
{
    return textOf(path(u"data/fairlead/last-session.yaml"_s)).toUtf8();
}

void killNow(QProcess &process)
{
    if (process.state() == QProcess::NotRunning)
        return;
    process.kill(); // SIGKILL
    process.waitForFinished();
}

} // namespace Fairlead::Test
