#include "app/cli/doctor.h"

#include "app/cli/connectionflags.h"
#include "app/cli/outputflag.h"
#include "app/cli/pluginterminal.h"
#include "core/doctor/examination.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTextStream>

#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace Fairlead::App {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

QString commandName()
{
    return u"fairlead doctor"_s;
}

} // namespace

ArgumentReader doctorReader()
{
    ArgumentReader reader;
    reader.addOption(outputOption());
    reader.addOptions(connectionOptions());
    return reader;
}

namespace {

QString helpText(const ArgumentReader &reader)
{
    return Text::tr("Check step by step what has to work before a port can be forwarded, and say what to do where it "
                    "does not.")
        + "\n\n"_L1 + Text::tr("Usage:") + "\n  "_L1 + commandName() + " [flags] [TYPE/NAME | POD [PORT]]\n\n"_L1
        + Text::tr("Without a target, the server alone is checked. Nothing is changed on it.") + "\n\n"_L1
        + Text::tr("Options:") + u'\n' + reader.optionsHelp();
}

/// Fills target and port; an error in kubectl's words, or nothing.
QString readTarget(const QStringList &positionals, Doctor::Question &question)
{
    if (positionals.size() > 2)
        return u"unexpected argument: "_s + positionals.at(2);
    if (!positionals.isEmpty()) {
        const auto target = Kube::parseTarget(positionals.first());
        if (!target)
            return target.error();
        question.target = *target;
    }
    if (positionals.size() == 2) {
        const auto port = Kube::parsePortArgument(positionals.at(1));
        if (!port)
            return port.error();
        question.port = *port;
    }
    return {};
}

QJsonObject jsonOf(const Doctor::Check &check)
{
    return {{"id"_L1, check.id},
            {"title"_L1, check.title},
            {"outcome"_L1, Doctor::outcomeWord(check.outcome)},
            {"text"_L1, check.text},
            {"detail"_L1, check.detail},
            {"advice"_L1, check.advice},
            {"ms"_L1, check.ms ? QJsonValue(*check.ms) : QJsonValue()}};
}

QByteArray jsonOf(const QList<Doctor::Check> &checks)
{
    QJsonArray all;
    for (const Doctor::Check &check : checks)
        all.append(jsonOf(check));
    return QJsonDocument(QJsonObject{{"healthy"_L1, Doctor::isHealthy(checks)}, {"checks"_L1, all}}).toJson();
}

} // namespace

int runDoctor(const QStringList &arguments)
{
    const ArgumentReader reader = doctorReader();
    const auto parsed = reader.parse(arguments);
    QTextStream out(stdout);
    Doctor::Question question;
    const QString error = parsed ? readTarget(parsed->positionals(), question) : parsed.error();
    if (!error.isEmpty()) {
        QTextStream(stderr) << usageErrorText(commandName(), error);
        return 1;
    }
    if (parsed->helpRequested()) {
        out << helpText(reader);
        return 0;
    }
    if (::isatty(STDIN_FILENO)) // else its words belong into the report
        letPluginsUseTheTerminal();
    const Kube::ConnectionFlags flags = connectionFlags(*parsed);
    question.resolution = Kube::Kubeconfig::load(Kube::LoadOptions::fromSystem(flags)).inspect(flags);

    const bool json = wantsJson(*parsed);
    Doctor::Examination examination(question);
    QEventLoop loop;
    QObject::connect(&examination, &Doctor::Examination::checked, &loop, [&](const Doctor::Check &check) {
        if (!json)
            out << Doctor::checkText(check, examination.titleWidth()) << Qt::flush;
    });
    QObject::connect(&examination, &Doctor::Examination::finished, &loop, &QEventLoop::quit, Qt::QueuedConnection);
    examination.start();
    loop.exec();
    if (json)
        out << QString::fromUtf8(jsonOf(examination.checks()));
    return Doctor::isHealthy(examination.checks()) ? 0 : 1;
}

} // namespace Fairlead::App
