#include "core/store/profiles/profilereader.h"

#include "core/store/fields.h"
#include "core/store/profiles/profilewords.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

using Kube::YamlNode;
using Kube::YamlNodePtr;

class Text
{
    Q_DECLARE_TR_FUNCTIONS(Fairlead::Store::Profile)
};

void readTarget(Fields &fields, Forward::ForwardSpec &spec)
{
    const QString text = fields.text(Words::Target);
    if (text.startsWith(Words::SelectorPrefix) && text.size() > Words::SelectorPrefix.size()) {
        spec.target = {Kube::TargetRef::Kind::Selector, text.sliced(Words::SelectorPrefix.size())};
        return;
    }
    if (text.isEmpty())
        return fields.complainAbout(Words::Target, Text::tr("A forward needs a target, such as \"service/web\"."));
    const auto target = Kube::parseTarget(text);
    if (target)
        spec.target = *target;
    else
        fields.complainAbout(Words::Target,
                             Text::tr("\"%1\" is no target (such as \"service/web\"): %2").arg(text, target.error()));
}

void readPorts(Fields &fields, Forward::ForwardSpec &spec)
{
    const QStringList ports = fields.texts(Words::Ports);
    for (const QString &text : ports) {
        const auto port = Kube::parsePortArgument(text);
        if (port)
            spec.ports.append(*port);
        else
            fields.complainAbout(Words::Ports,
                                 Text::tr("\"%1\" is no port (such as \"8080:80\"): %2").arg(text, port.error()));
    }
    if (ports.isEmpty())
        fields.complainAbout(Words::Ports, Text::tr("A forward needs ports, such as [\"8080:80\"]."));
}

SavedForward readForward(const YamlNode &node, std::optional<ProfileError> &problem)
{
    SavedForward result;
    Fields fields(node, problem);
    if (node.kind != YamlNode::Kind::Map) {
        fields.complain(node, Text::tr("A forward has to be a mapping with target and ports."));
        return result;
    }
    Forward::ForwardSpec &spec = result.spec;
    spec.name = fields.text(Words::Name);
    spec.context = fields.text(Words::Context);
    spec.namespaceName = fields.text(Words::Namespace);
    readTarget(fields, spec);
    readPorts(fields, spec);
    if (const QStringList addresses = fields.texts(Words::Addresses); !addresses.isEmpty())
        spec.addresses = addresses;
    spec.policy = fields.word(Words::Policy, Words::Policies, Forward::PodPolicy::FirstReady);
    spec.preferredPod = fields.text(Words::PreferredPod);
    result.server = fields.text(Words::Server);
    result.running = fields.flag(Words::Running, true);
    spec.about.color = fields.text(Words::Color);
    spec.about.notes = fields.text(Words::Notes);
    spec.about.tags = fields.texts(Words::Tags);
    spec.about.url = fields.text(Words::Url);
    result.unknown = fields.rest();
    return result;
}

void checkVersion(Fields &fields)
{
    const QString version = fields.text(Words::Format);
    bool isNumber = false;
    const int number = version.toInt(&isNumber);
    if (version.isEmpty())
        fields.complainAbout(Words::Format,
                             Text::tr("This is no profile of Fairlead: \"fairleadProfile: 1\" is missing."));
    else if (!isNumber || number < 1)
        fields.complainAbout(Words::Format, Text::tr("\"%1\" is no version of a profile.").arg(version));
    else if (number > Words::Version)
        fields.complainAbout(Words::Format,
                             Text::tr("This profile has the format %1; this version of Fairlead knows formats up to "
                                      "%2. A newer Fairlead can read it.")
                                 .arg(number)
                                 .arg(Words::Version));
}

} // namespace

Result<Profile, ProfileError> readProfile(const QByteArray &text)
{
    if (text.size() > MaxProfileBytes)
        return Failure{ProfileError{0, 0, Text::tr("The file is larger than 4 MiB; this is no profile.")}};
    const auto tree = Kube::parseYaml(text);
    if (!tree)
        return Failure{ProfileError{tree.error().line, 0, Text::tr("This is no YAML: %1").arg(tree.error().text)}};
    std::optional<ProfileError> problem;
    const YamlNode &root = **tree;
    Fields fields(root, problem);
    if (root.kind != YamlNode::Kind::Map)
        return Failure{ProfileError{root.line, root.column, Text::tr("This is no profile of Fairlead.")}};
    checkVersion(fields);
    Profile profile;
    profile.name = fields.text(Words::Name).trimmed();
    if (profile.name.isEmpty())
        fields.complainAbout(Words::Name, Text::tr("A profile needs a name."));
    profile.restore = fields.word(Words::Restore, Words::Restores, Profile::Restore::Nothing);
    for (const YamlNodePtr &item : fields.items(Words::Forwards)) {
        profile.forwards.append(readForward(*item, problem));
        if (problem)
            break;
    }
    profile.unknown = fields.rest();
    if (problem)
        return Failure{*problem};
    return profile;
}

} // namespace Fairlead::Store
