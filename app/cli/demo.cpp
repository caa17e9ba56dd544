#include "app/cli/demo.h"

#include "app/cli/argumentreader.h"
#include "app/cli/signalwatcher.h"
#include "core/democluster/democluster.h"

#include <QCoreApplication>
#include <QTextStream>

#include <cstdio>
#include <optional>

using namespace Qt::StringLiterals;

namespace Fairlead::App {
namespace {

constexpr int Failed = 1;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(DemoCommand)
};

int complain(const QString &text)
{
    QTextStream(stderr) << text;
    return Failed;
}

QString helpText()
{
    return Text::tr("Run a small Kubernetes cluster on this machine, for demonstrations and tests, until Ctrl-C.\n"
                    "\n"
                    "Usage:\n"
                    "  fairlead demo [--listen ADDR:PORT] [--kubeconfig-out FILE] [--pods FILE]\n"
                    "                [--fake-pods N [--fake-namespaces M] [--fake-churn EVENTS]] [--no-projects]\n"
                    "\n"
                    "Options:\n"
                    "      --fake-churn EVENTS     how many of the pretended pods change in a second (default 0)\n"
                    "      --fake-namespaces M     namespaces for the pretended pods (default one for each 40)\n"
                    "      --fake-pods N           pretend that many pods more\n"
                    "      --kubeconfig-out FILE   where to write the kubeconfig (default: a private temporary file)\n"
                    "      --listen ADDR:PORT      where the API server listens; port 0 is any free one (default "
                    "127.0.0.1:0)\n"
                    "      --no-projects           do not serve OpenShift's projects, as plain Kubernetes does not\n"
                    "      --pods FILE             pods of your own, as YAML\n")
        + u'\n';
}

struct Endpoint {
    QHostAddress address;
    quint16 port;
};

/// "127.0.0.1:6443", "[::1]:0". A name is not accepted: which addresses it has may change.
std::optional<Endpoint> parseEndpoint(const QString &text)
{
    const qsizetype colon = text.lastIndexOf(u':');
    QString host = text.first(qMax<qsizetype>(colon, 0));
    const bool bracketed = host.startsWith(u'[') && host.endsWith(u']');
    if (bracketed)
        host = host.sliced(1, host.size() - 2);
    bool ok = false;
    const quint16 port = text.sliced(colon + 1).toUShort(&ok);
    const QHostAddress address(host);
    const bool isIpv6 = address.protocol() == QAbstractSocket::IPv6Protocol;
    if (colon < 0 || !ok || address.isNull() || isIpv6 != bracketed)
        return std::nullopt;
    return Endpoint{address, port};
}

/// Enough for the largest clusters there are; a slip of the finger should not eat the memory.
constexpr int MaxFakes = 200'000;

QString checkCount(const QString &value)
{
    bool ok = false;
    const int count = value.toInt(&ok);
    return ok && count >= 0 && count <= MaxFakes ? QString() : u"must be a number from 0 to %1"_s.arg(MaxFakes);
}

} // namespace

ArgumentReader demoReader()
{
    const auto checkEndpoint = [](const QString &value) {
        return parseEndpoint(value) ? QString() : u"must be an IP address and a port, such as 127.0.0.1:6443"_s;
    };
    ArgumentReader reader;
    reader.addOption({u"listen"_s, {}, ArgumentOption::Kind::Value, checkEndpoint});
    reader.addOption({u"kubeconfig-out"_s, {}});
    reader.addOption({u"pods"_s, {}});
    reader.addOption({u"no-projects"_s, {}, ArgumentOption::Kind::Bool});
    for (const QString &name : {u"fake-pods"_s, u"fake-namespaces"_s, u"fake-churn"_s})
        reader.addOption({name, {}, ArgumentOption::Kind::Value, checkCount});
    return reader;
}

namespace {

Demo::Options readOptions(const ParsedArguments &arguments)
{
    Demo::Options options;
    if (const auto endpoint = parseEndpoint(arguments.value(u"listen"_s))) {
        options.address = endpoint->address;
        options.port = endpoint->port;
    }
    options.kubeconfigOut = arguments.value(u"kubeconfig-out"_s);
    options.podsFile = arguments.value(u"pods"_s);
    options.projects = !arguments.boolean(u"no-projects"_s).value_or(false);
    options.fakePods = arguments.value(u"fake-pods"_s).toInt();
    options.fakeNamespaces = arguments.value(u"fake-namespaces"_s).toInt();
    options.fakeChurn = arguments.value(u"fake-churn"_s).toInt();
    return options;
}

/// A word that a POSIX shell reads back unchanged.
QString shellWord(QString text)
{
    return u'\'' + text.replace(u'\'', "'\\''"_L1) + u'\'';
}

void announce(const Demo::DemoCluster &cluster)
{
    QTextStream out(stdout);
    out << Text::tr("The demo cluster runs at %1").arg(cluster.serverUrl()) << '\n'
        << Text::tr("Its kubeconfig is %1").arg(cluster.kubeconfigPath()) << '\n'
        << Text::tr("Try:") << "  kubectl --kubeconfig " << shellWord(cluster.kubeconfigPath()) << " get pods -A\n"
        << Text::tr("Stop it with Ctrl-C.") << '\n';
}

} // namespace

int runDemo(const QStringList &arguments)
{
    const QString command = u"fairlead demo"_s;
    const auto parsed = demoReader().parse(arguments);
    if (!parsed)
        return complain(usageErrorText(command, parsed.error()));
    if (parsed->helpRequested()) {
        QTextStream(stdout) << helpText();
        return 0;
    }
    if (!parsed->positionals().isEmpty()) {
        return complain(usageErrorText(command, u"unknown argument \"%1\""_s.arg(parsed->positionals().first())));
    }
    SignalWatcher signalWatcher;
    QObject::connect(&signalWatcher, &SignalWatcher::stopRequested, &signalWatcher, [] { QCoreApplication::quit(); });
    Demo::DemoCluster cluster;
    const auto started = cluster.start(readOptions(*parsed));
    if (!started)
        return complain(u"error: %1\n"_s.arg(started.error()));
    announce(cluster);
    return QCoreApplication::exec();
}

} // namespace Fairlead::App
