#include "core/doctor/steps.h"

using namespace Qt::StringLiterals;

namespace Fairlead::Doctor {

StepList makeSteps(Patient &patient)
{
    StepList steps;
    addConfigSteps(steps, patient);
    addNetworkSteps(steps, patient);
    addServerSteps(steps, patient);
    addForwardSteps(steps, patient);
    return steps;
}

namespace {

class FilesStep final : public Step
{
    Q_OBJECT

public:
    explicit FilesStep(Patient &patient)
        : Step(u"files"_s, tr("Configuration"), Needed::ByAll, patient)
    {
    }

    void run() override
    {
        const Kube::Resolution &resolution = patient().question.resolution;
        const QStringList &files = resolution.config.files;
        if (!resolution.error.isEmpty()) {
            bad(resolution.error, resolution.clientGoText,
                tr("“fairlead config explain” shows where each part of the configuration comes from."));
            return;
        }
        const QString read =
            files.isEmpty() ? tr("none read; flags or the pod's own account are used") : files.join(u'\n');
        const QStringList &warnings = resolution.config.warnings;
        if (warnings.isEmpty())
            good(read);
        else
            warn(read, warnings.join(u'\n'));
    }
};

class ContextStep final : public Step
{
    Q_OBJECT

public:
    explicit ContextStep(Patient &patient)
        : Step(u"context"_s, tr("Context"), Needed::ByAll, patient)
    {
    }

    void run() override
    {
        Patient &all = patient();
        all.config = all.question.resolution.config;
        all.namespaceName =
            all.question.namespaceName.isEmpty() ? all.config.namespaceName : all.question.namespaceName;
        const QString methods =
            all.config.authMethods.isEmpty() ? tr("anonymous") : all.config.authMethods.join(u", "_s);
        const QString text =
            tr("%1: %2, namespace %3\nuser %4, signs in with: %5", "context, server, namespace, user, methods")
                .arg(all.config.context.isEmpty() ? tr("(none)", "context") : all.config.context,
                     all.config.server.toString(QUrl::RemoveUserInfo), all.namespaceName,
                     all.config.user.isEmpty() ? tr("(none)", "user") : all.config.user, methods);
        if (!all.config.unsupported.isEmpty()) {
            bad(all.config.unsupported.join(u'\n'), text);
            return;
        }
        all.client = std::make_unique<Kube::ApiClient>(all.config);
        if (const auto &refusal = all.client->refusal())
            bad(refusal->message, refusal->detail);
        else
            good(text);
    }
};

} // namespace

void addConfigSteps(StepList &steps, Patient &patient)
{
    steps.push_back(std::make_unique<FilesStep>(patient));
    steps.push_back(std::make_unique<ContextStep>(patient));
}

} // namespace Fairlead::Doctor

#include "configsteps.moc"
