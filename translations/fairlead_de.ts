<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>CommandLine</name>
    <message>
        <source>Show this help</source>
        <translation>Diese Hilfe anzeigen</translation>
    </message>
    <message>
        <source>Show tokens, passwords and keys too</source>
        <translation>Auch Tokens, Passwörter und Schlüssel zeigen</translation>
    </message>
    <message>
        <source>Print JSON instead of text</source>
        <translation>JSON statt Text ausgeben</translation>
    </message>
    <message>
        <source>Show what would be used to connect to a cluster, and where each part of it comes from.</source>
        <translation>Zeigt, womit die Verbindung zu einem Cluster aufgebaut würde und woher jeder Teil davon stammt.</translation>
    </message>
    <message>
        <source>Usage:</source>
        <translation>Aufruf:</translation>
    </message>
    <message>
        <source>Options:</source>
        <translation>Optionen:</translation>
    </message>
    <message>
        <source>Read this kubeconfig and no other</source>
        <translation>Diese kubeconfig lesen und keine andere</translation>
    </message>
    <message>
        <source>The context to use instead of the current one</source>
        <translation>Der Kontext, der statt des aktuellen gilt</translation>
    </message>
    <message>
        <source>The cluster entry to use instead of the context&apos;s</source>
        <translation>Der Cluster-Eintrag, der statt dem des Kontexts gilt</translation>
    </message>
    <message>
        <source>The user entry to use instead of the context&apos;s</source>
        <translation>Der Benutzer-Eintrag, der statt dem des Kontexts gilt</translation>
    </message>
    <message>
        <source>The namespace to work in</source>
        <translation>Der Namespace, in dem gearbeitet wird</translation>
    </message>
    <message>
        <source>The API server to talk to</source>
        <translation>Der API-Server, der angesprochen wird</translation>
    </message>
    <message>
        <source>The bearer token to sign in with</source>
        <translation>Das Bearer-Token für die Anmeldung</translation>
    </message>
    <message>
        <source>Do not check who the server is. Anybody on the way can read and change everything</source>
        <translation>Die Identität des Servers nicht prüfen. Jeder auf dem Weg kann dann alles lesen und ändern</translation>
    </message>
    <message>
        <source>Trust servers with certificates from these roots</source>
        <translation>Servern mit Zertifikaten dieser Stammzertifikate vertrauen</translation>
    </message>
    <message>
        <source>The certificate to sign in with</source>
        <translation>Das Zertifikat für die Anmeldung</translation>
    </message>
    <message>
        <source>The key of that certificate</source>
        <translation>Der Schlüssel zu diesem Zertifikat</translation>
    </message>
    <message>
        <source>Expect this name in the server&apos;s certificate</source>
        <translation>Diesen Namen im Zertifikat des Servers erwarten</translation>
    </message>
    <message>
        <source>Act as this user</source>
        <translation>Als dieser Benutzer handeln</translation>
    </message>
    <message>
        <source>Act as a member of this group; may be given several times</source>
        <translation>Als Mitglied dieser Gruppe handeln; kann mehrfach angegeben werden</translation>
    </message>
    <message>
        <source>Check step by step what has to work before a port can be forwarded, and say what to do where it does not.</source>
        <translation>Schritt für Schritt prüfen, was funktionieren muss, bevor ein Port weitergeleitet werden kann, und sagen, was zu tun ist, wo es das nicht tut.</translation>
    </message>
    <message>
        <source>Without a target, the server alone is checked. Nothing is changed on it.</source>
        <translation>Ohne Ziel wird nur der Server geprüft. Es wird nichts auf ihm geändert.</translation>
    </message>
    <message>
        <source>Ready: %1 of %2 forwards run.</source>
        <translation>Bereit: %1 von %2 Weiterleitungen laufen.</translation>
    </message>
    <message>
        <source>one profile has to be named</source>
        <translation>ein Profil muss genannt werden</translation>
    </message>
    <message>
        <source>Profile &quot;%1&quot; has no forward that is to run.</source>
        <translation>Das Profil „%1“ hat keine Weiterleitung, die laufen soll.</translation>
    </message>
    <message>
        <source>There are no profiles in %1 yet.</source>
        <translation>In %1 gibt es noch keine Profile.</translation>
    </message>
    <message>
        <source>Stop all forwards</source>
        <translation>Alle Weiterleitungen stoppen</translation>
    </message>
    <message>
        <source>Stop forwards of the Fairlead that runs: those of a profile, or single ones.</source>
        <translation>Weiterleitungen des laufenden Fairlead stoppen: die eines Profils oder einzelne.</translation>
    </message>
    <message>
        <source>name what to stop, or --all</source>
        <translation>es fehlt, was zu stoppen ist, oder --all</translation>
    </message>
    <message>
        <source>Forwards stopped: %1.</source>
        <translation>Gestoppte Weiterleitungen: %1.</translation>
    </message>
    <message>
        <source>Fairlead runs already (process %1).</source>
        <translation>Fairlead läuft bereits (Prozess %1).</translation>
    </message>
    <message>
        <source>Forwards restored: %1.</source>
        <translation>Wiederhergestellte Weiterleitungen: %1.</translation>
    </message>
    <message>
        <source>The engine listens at %1.</source>
        <translation>Zu erreichen unter %1.</translation>
    </message>
    <message>
        <source>Run without a window, for other commands to talk to, until SIGTERM. Brings back the profiles that say &quot;restore: as-they-were&quot;.</source>
        <translation>Ohne Fenster laufen, bis SIGTERM kommt, als Gegenüber der anderen Befehle. Stellt die Profile wieder her, in denen „restore: as-they-were“ steht.</translation>
    </message>
    <message>
        <source>No Fairlead runs. Start the window, &quot;fairlead engine&quot;, or a profile with &quot;fairlead up&quot;.</source>
        <translation>Es läuft kein Fairlead. Starten Sie das Fenster, „fairlead engine“ oder ein Profil mit „fairlead up“.</translation>
    </message>
    <message>
        <source>Profile &quot;%1&quot; was handed over to the Fairlead that runs.</source>
        <translation>Das Profil „%1“ wurde dem laufenden Fairlead übergeben.</translation>
    </message>
    <message>
        <source>The Fairlead that ran has ended.</source>
        <translation>Das laufende Fairlead hat sich beendet.</translation>
    </message>
    <message>
        <source>Go on until Ctrl-C</source>
        <translation>Weitermachen bis Strg+C</translation>
    </message>
    <message>
        <source>Print the logs of forwards of the Fairlead that runs.</source>
        <translation>Die Protokolle der Weiterleitungen des laufenden Fairlead ausgeben.</translation>
    </message>
    <message>
        <source>List the saved profiles, and how many forwards of each run.</source>
        <translation>Die gespeicherten Profile auflisten und wie viele Weiterleitungen eines jeden laufen.</translation>
    </message>
    <message>
        <source>Print JSON, or a table (default)</source>
        <translation>JSON ausgeben oder eine Tabelle (Vorgabe)</translation>
    </message>
    <message>
        <source>Show the forwards of the Fairlead that runs.</source>
        <translation>Die Weiterleitungen des laufenden Fairlead zeigen.</translation>
    </message>
    <message>
        <source>There are no forwards.</source>
        <translation>Es gibt keine Weiterleitungen.</translation>
    </message>
    <message>
        <source>Connection flags count for this command alone, so the profile runs here and not in the Fairlead that runs already.</source>
        <translation>Verbindungsoptionen gelten nur für diesen Befehl; das Profil läuft deshalb hier und nicht in dem Fairlead, das bereits läuft.</translation>
    </message>
    <message>
        <source>Wait until all run, at most that long (1m)</source>
        <translation>Warten, bis alle laufen, höchstens so lange (1m)</translation>
    </message>
    <message>
        <source>If no Fairlead runs, open no window: run here until Ctrl-C</source>
        <translation>Läuft kein Fairlead, kein Fenster öffnen: hier laufen bis Strg+C</translation>
    </message>
    <message>
        <source>Run the forwards of a profile in the Fairlead that runs, or in a new one. PROFILE is the name of one that was saved, or a file.</source>
        <translation>Die Weiterleitungen eines Profils im laufenden Fairlead starten oder in einem neuen. PROFILE ist der Name eines gespeicherten Profils oder eine Datei.</translation>
    </message>
    <message>
        <source>What to write; kubectl, a shell script, unless given</source>
        <translation>Was geschrieben wird; ohne Angabe kubectl, ein Shell-Skript</translation>
    </message>
    <message>
        <source>Only the forwards of this context</source>
        <translation>Nur die Weiterleitungen dieses Kontexts</translation>
    </message>
    <message>
        <source>Replace the file if there is one</source>
        <translation>Die Datei ersetzen, falls es sie gibt</translation>
    </message>
    <message>
        <source>left out: [%1] %2</source>
        <comment>%1 forward, %2 sentence</comment>
        <translation>weggelassen: [%1] %2</translation>
    </message>
    <message>
        <source>note: [%1] %2</source>
        <comment>%1 forward, %2 sentence</comment>
        <translation>Hinweis: [%1] %2</translation>
    </message>
    <message>
        <source>There is a file %1 already. Use --replace to replace it.</source>
        <translation>Es gibt schon eine Datei %1. Mit --replace wird sie ersetzt.</translation>
    </message>
    <message>
        <source>%1 could not be written: %2.</source>
        <translation>%1 konnte nicht geschrieben werden: %2.</translation>
    </message>
    <message>
        <source>Write a profile as a file of another program. PROFILE is the name of one that was saved, or a file. What the other program has no place for is told.

Formats: %1</source>
        <translation>Ein Profil als Datei eines anderen Programms schreiben. PROFILE ist der Name eines gespeicherten oder eine Datei. Wofür das andere Programm keinen Platz hat, wird gesagt.

Formate: %1</translation>
    </message>
    <message>
        <source>There is no forward in it that %1 can hold.</source>
        <translation>Darin ist keine Weiterleitung, die %1 aufnehmen kann.</translation>
    </message>
    <message>
        <source>Standard input cannot be read.</source>
        <translation>Die Standardeingabe kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>There is a profile named &quot;%1&quot; already. Use --replace, or --profile for another name.</source>
        <translation>Es gibt schon ein Profil namens „%1“. Mit --replace wird es ersetzt, mit --profile bekommt dieses einen anderen Namen.</translation>
    </message>
    <message>
        <source>%1 of %2 forwards would become profile &quot;%3&quot;.</source>
        <translation>%1 von %2 Weiterleitungen würden das Profil „%3“.</translation>
    </message>
    <message>
        <source>%1 of %2 forwards became profile &quot;%3&quot;.</source>
        <translation>%1 von %2 Weiterleitungen sind nun das Profil „%3“.</translation>
    </message>
    <message>
        <source>There is no forward in it that can be imported.</source>
        <translation>Darin ist keine Weiterleitung, die importiert werden kann.</translation>
    </message>
    <message>
        <source>What the file is, if it is not to be found out</source>
        <translation>Was die Datei ist, falls es nicht erkannt werden soll</translation>
    </message>
    <message>
        <source>Name of the profile that is made</source>
        <translation>Name des Profils, das entsteht</translation>
    </message>
    <message>
        <source>What a context of the file is called here; may be given several times</source>
        <translation>Wie ein Kontext der Datei hier heißt; mehrmals möglich</translation>
    </message>
    <message>
        <source>Replace a profile that has this name</source>
        <translation>Ein Profil ersetzen, das so heißt</translation>
    </message>
    <message>
        <source>Only tell what would become of each forward</source>
        <translation>Nur sagen, was aus jeder Weiterleitung würde</translation>
    </message>
    <message>
        <source>Look for contexts in this file</source>
        <translation>Kontexte in dieser Datei suchen</translation>
    </message>
    <message>
        <source>Make a profile of the forwards in another program&apos;s file, or of kubectl port-forward lines. What becomes of each is told; nothing is started.

Formats: %1</source>
        <translation>Aus den Weiterleitungen in der Datei eines anderen Programms oder aus Zeilen mit kubectl port-forward ein Profil machen. Was aus jeder wird, wird gesagt; gestartet wird nichts.

Formate: %1</translation>
    </message>
    <message>
        <source>one file has to be named, or -</source>
        <translation>eine Datei muss genannt werden, oder -</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>importiert</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>übersprungen</translation>
    </message>
    <message>
        <source>Not known here: %1.</source>
        <translation>Hier nicht bekannt: %1.</translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>%1 place, %2 sentences</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>End the Fairlead that runs, with or without its window: its forwards stop, nothing is asked. The next one knows them.</source>
        <translation>Das laufende Fairlead beenden, mit oder ohne Fenster: Seine Weiterleitungen werden angehalten, gefragt wird nichts. Das nächste kennt sie.</translation>
    </message>
    <message>
        <source>it takes no names; &quot;fairlead down&quot; stops single forwards</source>
        <translation>es nimmt keine Namen; „fairlead down“ hält einzelne Weiterleitungen an</translation>
    </message>
    <message>
        <source>Fairlead (process %1) was told to end and has not ended yet.</source>
        <translation>Fairlead (Prozess %1) soll sich beenden und läuft noch.</translation>
    </message>
    <message>
        <source>Fairlead has ended (process %1).</source>
        <translation>Fairlead ist beendet (Prozess %1).</translation>
    </message>
    <message>
        <source>The forwards move into Fairlead&apos;s window, so this ends.</source>
        <translation>Die Weiterleitungen ziehen in das Fenster von Fairlead um, deshalb endet dies hier.</translation>
    </message>
    <message>
        <source>&quot;fairlead quit&quot; was called, so this ends.</source>
        <translation>„fairlead quit“ wurde aufgerufen, deshalb endet dies hier.</translation>
    </message>
</context>
<context>
    <name>ConfigExplain</name>
    <message>
        <source>none, the connection is not encrypted</source>
        <translation>nichts, die Verbindung ist unverschlüsselt</translation>
    </message>
    <message>
        <source>nothing is checked (insecure-skip-tls-verify)</source>
        <translation>nichts wird geprüft (insecure-skip-tls-verify)</translation>
    </message>
    <message>
        <source>the roots that this system trusts</source>
        <translation>den Stammzertifikaten dieses Systems</translation>
    </message>
    <message>
        <source>nothing (anonymous)</source>
        <translation>nichts (anonym)</translation>
    </message>
    <message>
        <source>uid %1</source>
        <translation>UID %1</translation>
    </message>
    <message>
        <source>groups %1</source>
        <translation>Gruppen %1</translation>
    </message>
    <message>
        <source>from %1</source>
        <comment>%1 file, flag or variable</comment>
        <translation>aus %1</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Client key</source>
        <translation>Client-Schlüssel</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>Cluster</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Server name</source>
        <translation>Servername</translation>
    </message>
    <message>
        <source>Trusts</source>
        <translation>Vertraut</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Signs in with</source>
        <translation>Anmeldung mit</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>Client-Zertifikat</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>Acts as</source>
        <translation>Handelt als</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>Compression</source>
        <translation>Komprimierung</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>Files read</source>
        <translation>Gelesene Dateien</translation>
    </message>
    <message>
        <source>Warnings:</source>
        <translation>Warnungen:</translation>
    </message>
    <message>
        <source>Fairlead cannot connect with this yet:</source>
        <translation>Damit kann Fairlead noch keine Verbindung aufbauen:</translation>
    </message>
    <message>
        <source>Error:</source>
        <translation>Fehler:</translation>
    </message>
    <message>
        <source>Sign-in plugin</source>
        <translation>Anmelde-Plugin</translation>
    </message>
    <message>
        <source>Sign-in provider</source>
        <translation>Anmeldedienst</translation>
    </message>
</context>
<context>
    <name>ContextColors</name>
    <message>
        <source>No colour</source>
        <translation>Keine Farbe</translation>
    </message>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Orange</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>Violett</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
</context>
<context>
    <name>DemoCluster</name>
    <message>
        <source>Making the demo cluster&apos;s certificates failed: %1</source>
        <translation>Die Zertifikate des Demo-Clusters konnten nicht erzeugt werden: %1</translation>
    </message>
    <message>
        <source>Cannot write the kubeconfig %1: %2</source>
        <translation>Die kubeconfig %1 kann nicht geschrieben werden: %2</translation>
    </message>
    <message>
        <source>Cannot make a temporary folder: %1</source>
        <translation>Es kann kein temporärer Ordner angelegt werden: %1</translation>
    </message>
    <message>
        <source>The demo cluster cannot listen on %1 port %2: %3</source>
        <translation>Der Demo-Cluster kann auf %1, Port %2, nicht lauschen: %3</translation>
    </message>
    <message>
        <source>The demo cluster has not been started.</source>
        <translation>Der Demo-Cluster ist nicht gestartet worden.</translation>
    </message>
</context>
<context>
    <name>DemoCommand</name>
    <message>
        <source>The demo cluster runs at %1</source>
        <translation>Der Demo-Cluster läuft unter %1</translation>
    </message>
    <message>
        <source>Its kubeconfig is %1</source>
        <translation>Seine kubeconfig ist %1</translation>
    </message>
    <message>
        <source>Try:</source>
        <translation>Zum Ausprobieren:</translation>
    </message>
    <message>
        <source>Stop it with Ctrl-C.</source>
        <translation>Beenden mit Strg+C.</translation>
    </message>
    <message>
        <source>Run a small Kubernetes cluster on this machine, for demonstrations and tests, until Ctrl-C.

Usage:
  fairlead demo [--listen ADDR:PORT] [--kubeconfig-out FILE] [--pods FILE]
                [--fake-pods N [--fake-namespaces M] [--fake-churn EVENTS]] [--no-projects]

Options:
      --fake-churn EVENTS     how many of the pretended pods change in a second (default 0)
      --fake-namespaces M     namespaces for the pretended pods (default one for each 40)
      --fake-pods N           pretend that many pods more
      --kubeconfig-out FILE   where to write the kubeconfig (default: a private temporary file)
      --listen ADDR:PORT      where the API server listens; port 0 is any free one (default 127.0.0.1:0)
      --no-projects           do not serve OpenShift&apos;s projects, as plain Kubernetes does not
      --pods FILE             pods of your own, as YAML
</source>
        <translation>Startet auf diesem Rechner einen kleinen Kubernetes-Cluster für Vorführungen und Tests, bis Strg+C.

Aufruf:
  fairlead demo [--listen ADRESSE:PORT] [--kubeconfig-out DATEI] [--pods DATEI]
                [--fake-pods N [--fake-namespaces M] [--fake-churn EREIGNISSE]] [--no-projects]

Optionen:
      --fake-churn EREIGNISSE wie viele der vorgetäuschten Pods sich in einer Sekunde ändern (Vorgabe 0)
      --fake-namespaces M     Namespaces für die vorgetäuschten Pods (Vorgabe: einer für je 40)
      --fake-pods N           so viele weitere Pods vortäuschen
      --kubeconfig-out DATEI  wohin die kubeconfig geschrieben wird (Vorgabe: eine private temporäre Datei)
      --listen ADRESSE:PORT   wo der API-Server lauscht; Port 0 ist irgendein freier (Vorgabe 127.0.0.1:0)
      --no-projects           OpenShifts Projekte nicht anbieten, wie einfaches Kubernetes
      --pods DATEI            eigene Pods, als YAML
</translation>
    </message>
</context>
<context>
    <name>DemoPodsFile</name>
    <message>
        <source>%1 must be a plain value</source>
        <translation>%1 muss ein einfacher Wert sein</translation>
    </message>
    <message>
        <source>a key</source>
        <translation>ein Schlüssel</translation>
    </message>
    <message>
        <source>unknown key &quot;%1&quot;; known are: %2</source>
        <translation>unbekannter Schlüssel „%1“; bekannt sind: %2</translation>
    </message>
    <message>
        <source>%1 &quot;%2&quot; must consist of lower case letters, digits and &quot;-&quot;</source>
        <translation>%1 „%2“ darf nur aus Kleinbuchstaben, Ziffern und „-“ bestehen</translation>
    </message>
    <message>
        <source>%1 must be a number from 1 to %2</source>
        <translation>%1 muss eine Zahl von 1 bis %2 sein</translation>
    </message>
    <message>
        <source>a port must be of the form {name: http, containerPort: 8080}</source>
        <translation>ein Port muss die Form {name: http, containerPort: 8080} haben</translation>
    </message>
    <message>
        <source>containerPort is missing</source>
        <translation>containerPort fehlt</translation>
    </message>
    <message>
        <source>port name &quot;%1&quot; must have at most 15 lower case letters, digits and &quot;-&quot;, with at least one letter</source>
        <translation>der Portname „%1“ darf höchstens 15 Kleinbuchstaben, Ziffern und „-“ haben, darunter mindestens einen Buchstaben</translation>
    </message>
    <message>
        <source>protocol must be TCP, UDP or SCTP</source>
        <translation>protocol muss TCP, UDP oder SCTP sein</translation>
    </message>
    <message>
        <source>nsenterSocat must be of the form {pid: 1234, prefix: [...]}</source>
        <translation>nsenterSocat muss die Form {pid: 1234, prefix: [...]} haben</translation>
    </message>
    <message>
        <source>pid is missing</source>
        <translation>pid fehlt</translation>
    </message>
    <message>
        <source>prefix must be a list: the program and its arguments</source>
        <translation>prefix muss eine Liste sein: das Programm und seine Argumente</translation>
    </message>
    <message>
        <source>a pod needs exactly one of address, netns and nsenterSocat</source>
        <translation>ein Pod braucht genau eines von address, netns und nsenterSocat</translation>
    </message>
    <message>
        <source>address is empty</source>
        <translation>address ist leer</translation>
    </message>
    <message>
        <source>netns must be an absolute path such as /proc/1234/ns/net, or a process id</source>
        <translation>netns muss ein absoluter Pfad wie /proc/1234/ns/net oder eine Prozessnummer sein</translation>
    </message>
    <message>
        <source>labels must be of the form {key: value}</source>
        <translation>labels muss die Form {key: value} haben</translation>
    </message>
    <message>
        <source>a pod must be a mapping with a name</source>
        <translation>ein Pod muss eine Zuordnung mit einem Namen sein</translation>
    </message>
    <message>
        <source>name is missing</source>
        <translation>name fehlt</translation>
    </message>
    <message>
        <source>ports must be a list</source>
        <translation>ports muss eine Liste sein</translation>
    </message>
    <message>
        <source>the file must have a key &quot;pods&quot;</source>
        <translation>die Datei muss einen Schlüssel „pods“ haben</translation>
    </message>
    <message>
        <source>pods must be a list</source>
        <translation>pods muss eine Liste sein</translation>
    </message>
    <message>
        <source>pod &quot;%1&quot; in namespace &quot;%2&quot; is declared twice</source>
        <translation>der Pod „%1“ im Namespace „%2“ ist zweimal beschrieben</translation>
    </message>
    <message>
        <source>Cannot read the pods file %1: %2</source>
        <translation>Die Pod-Datei %1 kann nicht gelesen werden: %2</translation>
    </message>
    <message>
        <source>The pods file %1 is larger than 4 MiB</source>
        <translation>Die Pod-Datei %1 ist größer als 4 MiB</translation>
    </message>
    <message>
        <source>a port of a service must be of the form {name: http, port: 80, targetPort: 8080}</source>
        <translation>ein Port eines Dienstes muss die Form {name: http, port: 80, targetPort: 8080} haben</translation>
    </message>
    <message>
        <source>port is missing</source>
        <translation>port fehlt</translation>
    </message>
    <message>
        <source>owner must be KIND/NAME, such as Deployment/api; it is &quot;%1&quot;</source>
        <translation>owner muss ART/NAME sein, etwa Deployment/api; es ist „%1“</translation>
    </message>
    <message>
        <source>a pod with an owner needs labels, since owners find their pods by them</source>
        <translation>ein Pod mit owner braucht labels, denn daran erkennen Besitzer ihre Pods</translation>
    </message>
    <message>
        <source>a pod of StatefulSet &quot;%1&quot; must be named %1-0, %1-1 and so on</source>
        <translation>ein Pod des StatefulSets „%1“ muss %1-0, %1-1 und so weiter heißen</translation>
    </message>
    <message>
        <source>a service must be a mapping with a name</source>
        <translation>ein Dienst muss eine Zuordnung mit einem Namen sein</translation>
    </message>
    <message>
        <source>clusterIP can only be None; all other addresses are given by the cluster</source>
        <translation>clusterIP kann nur None sein; alle anderen Adressen vergibt der Cluster</translation>
    </message>
    <message>
        <source>a service needs ports</source>
        <translation>ein Dienst braucht ports</translation>
    </message>
    <message>
        <source>pods &quot;%1&quot; and &quot;%2&quot; of one owner must have the same labels</source>
        <translation>die Pods „%1“ und „%2“ eines Besitzers müssen dieselben labels haben</translation>
    </message>
    <message>
        <source>services must be a list</source>
        <translation>services muss eine Liste sein</translation>
    </message>
</context>
<context>
    <name>Doctor</name>
    <message>
        <source> (%1 ms)</source>
        <comment>how long it took</comment>
        <translation> (%1 ms)</translation>
    </message>
</context>
<context>
    <name>Exchange</name>
    <message>
        <source>There is such a forward already.</source>
        <translation>Eine solche Weiterleitung gibt es schon.</translation>
    </message>
    <message>
        <source>The file has it twice.</source>
        <translation>Die Datei enthält sie zweimal.</translation>
    </message>
    <message>
        <source>Line %1 has it already.</source>
        <translation>Zeile %1 enthält sie schon.</translation>
    </message>
    <message>
        <source>Port %1:</source>
        <translation>Port %1:</translation>
    </message>
    <message>
        <source>Fairlead profile</source>
        <translation>Fairlead-Profil</translation>
    </message>
    <message>
        <source>kubectl or oc command lines</source>
        <translation>Befehlszeilen von kubectl oder oc</translation>
    </message>
    <message>
        <source>annotations of k9s and kftray in manifests</source>
        <translation>Annotationen von k9s und kftray in Manifesten</translation>
    </message>
    <message>
        <source>This is no JSON: %1</source>
        <translation>Das ist kein JSON: %1</translation>
    </message>
    <message>
        <source>This is no YAML: %1</source>
        <translation>Das ist kein YAML: %1</translation>
    </message>
    <message>
        <source>There is nothing in it.</source>
        <translation>Darin steht nichts.</translation>
    </message>
    <message>
        <source>There are no forwards in it that Fairlead can read. It reads: %1.</source>
        <translation>Darin sind keine Weiterleitungen, die Fairlead lesen kann. Es liest: %1.</translation>
    </message>
    <message>
        <source>This is nothing of %1: %2 is missing.</source>
        <comment>%1 program, %2 what is missing</comment>
        <translation>Das passt nicht zu %1: Es fehlt %2.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; names no port.</source>
        <translation>„%1“ nennt keinen Port.</translation>
    </message>
    <message>
        <source>The service does not say &quot;kftray.app/enabled&quot;.</source>
        <translation>Am Service steht nicht „kftray.app/enabled“.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not of the form ALIAS-LOCAL-REMOTE.</source>
        <translation>„%1“ hat nicht die Form ALIAS-LOKAL-ENTFERNT.</translation>
    </message>
    <message>
        <source>Nothing in this manifest has annotations of k9s or kftray that suggest a forward.</source>
        <translation>Nichts in diesem Manifest hat Annotationen von k9s oder kftray, die eine Weiterleitung vorschlagen.</translation>
    </message>
    <message>
        <source>The loop around it is left out: Fairlead connects again by itself.</source>
        <translation>Die Schleife darum entfällt: Fairlead verbindet sich von selbst wieder.</translation>
    </message>
    <message>
        <source>Only a running shell knows what %1 is.</source>
        <translation>Was %1 ist, weiß nur eine laufende Shell.</translation>
    </message>
    <message>
        <source>Left out, since here the context says how to connect and as whom: %1.</source>
        <translation>Weggelassen, da hier der Kontext sagt, wie und als wer verbunden wird: %1.</translation>
    </message>
    <message>
        <source>There is no line of kubectl or oc port-forward in this text.</source>
        <translation>In diesem Text ist keine Zeile mit kubectl oder oc port-forward.</translation>
    </message>
    <message>
        <source>This is no forward: it has no fields.</source>
        <translation>Das ist keine Weiterleitung: Es hat keine Felder.</translation>
    </message>
    <message>
        <source>Headlamp names the port of the pod, Fairlead that of the service.</source>
        <translation>Headlamp nennt den Port des Pods, Fairlead den des Service.</translation>
    </message>
    <message>
        <source>a list of forwards</source>
        <translation>eine Liste von Weiterleitungen</translation>
    </message>
    <message>
        <source>It leads through a pod of kftray&apos;s own to a host beyond the cluster, which Fairlead does not make.</source>
        <translation>Sie führt durch einen eigenen Pod von kftray zu einem Rechner außerhalb des Clusters; das macht Fairlead nicht.</translation>
    </message>
    <message>
        <source>It makes a program of this computer known to the cluster, which is no forward.</source>
        <translation>Sie macht ein Programm dieses Rechners im Cluster bekannt, das ist keine Weiterleitung.</translation>
    </message>
    <message>
        <source>&quot;workload_type&quot; has to be &quot;service&quot; or &quot;pod&quot;.</source>
        <translation>„workload_type“ muss „service“ oder „pod“ sein.</translation>
    </message>
    <message>
        <source>Kubernetes forwards TCP only, and this is UDP.</source>
        <translation>Kubernetes leitet nur TCP weiter, und das ist UDP.</translation>
    </message>
    <message>
        <source>Listens at localhost and not at an address of its own.</source>
        <translation>Lauscht an localhost statt an einer eigenen Adresse.</translation>
    </message>
    <message>
        <source>Its name is not written into the hosts file.</source>
        <translation>Ihr Name wird nicht in die hosts-Datei geschrieben.</translation>
    </message>
    <message>
        <source>HTTP requests are not logged.</source>
        <translation>HTTP-Anfragen werden nicht protokolliert.</translation>
    </message>
    <message>
        <source>The kubeconfig that it names is not kept: the context is looked for here by its name.</source>
        <translation>Die genannte Kubeconfig wird nicht behalten: Der Kontext wird hier nach seinem Namen gesucht.</translation>
    </message>
    <message>
        <source>kftray&apos;s forwards to services name the port of the pod, Fairlead&apos;s that of the service. Where the two differ, the port has to be changed.</source>
        <translation>Weiterleitungen zu Services nennen in kftray den Port des Pods, in Fairlead den des Service. Wo die beiden verschieden sind, muss der Port geändert werden.</translation>
    </message>
    <message>
        <source>The flag &quot;%1&quot; is not known.</source>
        <translation>Die Option „%1“ ist nicht bekannt.</translation>
    </message>
    <message>
        <source>It leads to a host beyond the cluster&apos;s pods, which Fairlead does not forward to.</source>
        <translation>Sie führt zu einem Rechner, der kein Pod des Clusters ist; dorthin leitet Fairlead nicht weiter.</translation>
    </message>
    <message>
        <source>Port %1 is left out: Kubernetes forwards TCP only.</source>
        <translation>Port %1 entfällt: Kubernetes leitet nur TCP weiter.</translation>
    </message>
    <message>
        <source>&quot;workloadType&quot; has to be &quot;pod&quot;, &quot;deployment&quot; or &quot;service&quot;.</source>
        <translation>„workloadType“ muss „pod“, „deployment“ oder „service“ sein.</translation>
    </message>
    <message>
        <source>&quot;remotePort&quot; is missing.</source>
        <translation>„remotePort“ fehlt.</translation>
    </message>
    <message>
        <source>The file names no context, so the cluster&apos;s name is taken for one.</source>
        <translation>Die Datei nennt keinen Kontext, also wird der Name des Clusters dafür genommen.</translation>
    </message>
    <message>
        <source>&quot;clusters&quot;</source>
        <translation>„clusters“</translation>
    </message>
    <message>
        <source>Version %1 of this format is not known.</source>
        <translation>Version %1 dieses Formats ist nicht bekannt.</translation>
    </message>
    <message>
        <source>The file holds a kubeconfig, which may have credentials in it: only the name of its context and the server were looked at.</source>
        <translation>Die Datei enthält eine Kubeconfig, in der Anmeldedaten sein können: Angesehen wurden nur der Name des Kontexts und der Server.</translation>
    </message>
    <message>
        <source>kubefwd forwards every port of a service and names none; Fairlead has to be told which.</source>
        <translation>kubefwd leitet jeden Port eines Service weiter und nennt keinen; Fairlead muss gesagt werden, welche.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no name of a service or pod.</source>
        <translation>„%1“ ist kein Name eines Service oder Pods.</translation>
    </message>
    <message>
        <source>This is no reservation: it has no fields.</source>
        <translation>Das ist keine Reservierung: Es hat keine Felder.</translation>
    </message>
    <message>
        <source>kubefwd forwards all services of a namespace; Fairlead has to be told which.</source>
        <translation>kubefwd leitet alle Services eines Namespace weiter; Fairlead muss gesagt werden, welche.</translation>
    </message>
    <message>
        <source>kubefwd forwards every port of a service; only the one that is mapped is taken.</source>
        <translation>kubefwd leitet jeden Port eines Service weiter; übernommen wird nur der zugeordnete.</translation>
    </message>
    <message>
        <source>&quot;serviceConfigurations&quot;</source>
        <translation>„serviceConfigurations“</translation>
    </message>
    <message>
        <source>There is no line of kubefwd in this text.</source>
        <translation>In diesem Text ist keine Zeile mit kubefwd.</translation>
    </message>
    <message>
        <source>&quot;kind&quot; has to be &quot;pod&quot; or &quot;service&quot;.</source>
        <translation>„kind“ muss „pod“ oder „service“ sein.</translation>
    </message>
    <message>
        <source>Which context it is of is not known, so it is the one that is current here.</source>
        <translation>Ihr Kontext ist nicht bekannt; sie bekommt den, der hier der aktuelle ist.</translation>
    </message>
    <message>
        <source>This is Lens&apos;s list of clusters. Its forwards are in the folder lens-local-storage beside it, one file a cluster.</source>
        <translation>Das ist die Liste der Cluster von Lens. Seine Weiterleitungen sind im Ordner lens-local-storage daneben, eine Datei je Cluster.</translation>
    </message>
    <message>
        <source>&quot;port_forwards&quot;</source>
        <translation>„port_forwards“</translation>
    </message>
    <message>
        <source>&quot;resourceType&quot; has to be &quot;service&quot;, &quot;deployment&quot; or the like.</source>
        <translation>„resourceType“ muss „service“, „deployment“ oder Ähnliches sein.</translation>
    </message>
    <message>
        <source>&quot;portForward&quot;</source>
        <translation>„portForward“</translation>
    </message>
    <message>
        <source>Its name had characters that cannot be shown, or was too long.</source>
        <translation>Ihr Name hatte Zeichen, die nicht angezeigt werden können, oder war zu lang.</translation>
    </message>
    <message>
        <source>No context can be called &quot;%1&quot;.</source>
        <translation>„%1“ ist kein möglicher Name eines Kontexts.</translation>
    </message>
    <message>
        <source>No namespace can be called &quot;%1&quot;.</source>
        <translation>„%1“ ist kein möglicher Name eines Namespace.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no target (such as &quot;service/web&quot;): %2</source>
        <translation>„%1“ ist kein Ziel (wie „service/web“): %2</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no label selector (such as &quot;app=web&quot;).</source>
        <translation>„%1“ ist kein Label-Selektor (wie „app=web“).</translation>
    </message>
    <message>
        <source>Nothing in a cluster can be called &quot;%1&quot;.</source>
        <translation>In einem Cluster kann nichts „%1“ heißen.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no port (such as &quot;8080:80&quot;): %2</source>
        <translation>„%1“ ist kein Port (wie „8080:80“): %2</translation>
    </message>
    <message>
        <source>No port can be called &quot;%1&quot;.</source>
        <translation>„%1“ ist kein möglicher Name eines Ports.</translation>
    </message>
    <message>
        <source>Does not listen at &quot;%1&quot;, which is no IP address.</source>
        <translation>Lauscht nicht an „%1“, denn das ist keine IP-Adresse.</translation>
    </message>
    <message>
        <source>Listens at %1, where other machines can use it.</source>
        <translation>Lauscht an %1, wo andere Rechner sie benutzen können.</translation>
    </message>
    <message>
        <source>It does not say what to forward to.</source>
        <translation>Sie sagt nicht, wohin weitergeleitet wird.</translation>
    </message>
    <message>
        <source>It has no port.</source>
        <translation>Sie hat keinen Port.</translation>
    </message>
    <message>
        <source>Forward without a name</source>
        <translation>Weiterleitung ohne Namen</translation>
    </message>
    <message>
        <source>This is no text in UTF-8.</source>
        <translation>Das ist kein Text in UTF-8.</translation>
    </message>
    <message>
        <source>This is no text: it has a NUL byte.</source>
        <translation>Das ist kein Text: Er hat ein NUL-Byte.</translation>
    </message>
    <message>
        <source>%1 has no place for: %2.</source>
        <comment>%1 program, %2 keys</comment>
        <translation>%1 kann nicht aufnehmen: %2.</translation>
    </message>
    <message>
        <source>%1 has no ports by name: %2 is left out.</source>
        <translation>%1 kennt keine benannten Ports: %2 entfällt.</translation>
    </message>
    <message>
        <source>%1 has no ports by name.</source>
        <translation>%1 kennt keine benannten Ports.</translation>
    </message>
    <message>
        <source>%1 has one address a forward: only %2 is there.</source>
        <translation>%1 kennt nur eine Adresse je Weiterleitung: Übernommen wird nur %2.</translation>
    </message>
    <message>
        <source>There are more than %1 forwards in it.</source>
        <translation>Darin sind mehr als %1 Weiterleitungen.</translation>
    </message>
    <message>
        <source>It cannot be read: %1.</source>
        <translation>Sie kann nicht gelesen werden: %1.</translation>
    </message>
    <message>
        <source>The file is larger than %1 MiB.</source>
        <translation>Die Datei ist größer als %1 MiB.</translation>
    </message>
    <message>
        <source>Forwards these ports until it is interrupted.</source>
        <translation>Leitet diese Ports weiter, bis es unterbrochen wird.</translation>
    </message>
    <message>
        <source>kftray forwards to services and to pods by their labels only.</source>
        <translation>kftray leitet nur zu Services und zu Pods nach ihren Labels weiter.</translation>
    </message>
    <message>
        <source>kftray has one port a forward, so each becomes one of its own.</source>
        <translation>kftray kennt nur einen Port je Weiterleitung; darum wird aus jedem Port eine eigene.</translation>
    </message>
    <message>
        <source>kftray takes the port for one of the pod, not of the service.</source>
        <translation>kftray hält den Port für einen des Pods, nicht des Service.</translation>
    </message>
    <message>
        <source>krelay forwards to no label selector.</source>
        <translation>krelay kennt keine Label-Selektoren als Ziel.</translation>
    </message>
    <message>
        <source>A file of %1 has one cluster, and this one is of context &quot;%2&quot;.</source>
        <translation>Eine Datei von %1 gehört zu einem einzigen Cluster, und diese Weiterleitung gehört zum Kontext „%2“.</translation>
    </message>
    <message>
        <source>Kube Forwarder forwards to pods, services and deployments only.</source>
        <translation>Kube Forwarder leitet nur zu Pods, Services und Deployments weiter.</translation>
    </message>
    <message>
        <source>Lens forwards to pods and services only.</source>
        <translation>Lens leitet nur zu Pods und Services weiter.</translation>
    </message>
    <message>
        <source>Lens has one port a forward, so each becomes one of its own.</source>
        <translation>Lens kennt nur einen Port je Weiterleitung; darum wird aus jedem Port eine eigene.</translation>
    </message>
</context>
<context>
    <name>Fairlead::App::Link</name>
    <message>
        <source>This link means nothing to Fairlead; it knows fairlead://up/PROFILE.</source>
        <translation>Mit diesem Link kann Fairlead nichts anfangen; es kennt fairlead://up/PROFIL.</translation>
    </message>
</context>
<context>
    <name>Fairlead::App::OtherEngine</name>
    <message>
        <source>Fairlead runs already and keeps its kubeconfig and context; its window was brought to the front. More files come in by File &gt; Add kubeconfig.</source>
        <translation>Fairlead läuft bereits und behält seine kubeconfig und seinen Kontext; sein Fenster wurde nach vorn geholt. Weitere Dateien kommen über Datei &gt; Kubeconfig hinzufügen dazu.</translation>
    </message>
</context>
<context>
    <name>Fairlead::App::TakeOver</name>
    <message>
        <source>Fairlead %1 runs without a window (process %2) and cannot hand its forwards over to version %3. End it first: &quot;kill %2&quot;, or &quot;systemctl --user stop fairlead&quot;.</source>
        <translation>Fairlead %1 läuft ohne Fenster (Prozess %2) und kann seine Weiterleitungen nicht an Version %3 übergeben. Beenden Sie es zuerst: „kill %2“ oder „systemctl --user stop fairlead“.</translation>
    </message>
    <message>
        <source>Fairlead runs without a window (process %1) and was started with %2, so its forwards would not be the same in a window. &quot;fairlead quit&quot; ends it.</source>
        <translation>Fairlead läuft ohne Fenster (Prozess %1) und wurde mit %2 gestartet; in einem Fenster wären seine Weiterleitungen nicht dieselben. „fairlead quit“ beendet es.</translation>
    </message>
    <message>
        <source>Fairlead runs without a window (process %1), and there can be only one. &quot;fairlead --take-over&quot; moves its forwards into a window; &quot;fairlead quit&quot; ends it.</source>
        <translation>Fairlead läuft ohne Fenster (Prozess %1), und es kann nur eines laufen. „fairlead --take-over“ holt seine Weiterleitungen in ein Fenster; „fairlead quit“ beendet es.</translation>
    </message>
</context>
<context>
    <name>Fairlead::App::Window</name>
    <message>
        <source>There is no profile named &quot;%1&quot;.</source>
        <translation>Es gibt kein Profil namens „%1“.</translation>
    </message>
    <message>
        <source>The Fairlead that ran without a window has handed its forwards over and does not end. When it has, start Fairlead again: they come back.</source>
        <translation>Das Fairlead, das ohne Fenster lief, hat seine Weiterleitungen übergeben und endet nicht. Starten Sie Fairlead wieder, wenn es beendet ist: Sie kommen zurück.</translation>
    </message>
</context>
<context>
    <name>Fairlead::App::WindowFace</name>
    <message>
        <source>Start a profile</source>
        <translation>Profil starten</translation>
    </message>
    <message>
        <source>A link asks to start profile &quot;%1&quot;. Start it?</source>
        <translation>Ein Link möchte das Profil „%1“ starten. Starten?</translation>
    </message>
    <message>
        <source>Links can come from any web page. Starting it opens its local ports.</source>
        <translation>Links können von jeder Webseite kommen. Der Start öffnet die lokalen Ports des Profils.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
</context>
<context>
    <name>Fairlead::Control::ControlServer</name>
    <message>
        <source>&quot;topics&quot; has to be a list.</source>
        <translation>„topics“ muss eine Liste sein.</translation>
    </message>
    <message>
        <source>There is no topic &quot;%1&quot;; there are: %2.</source>
        <translation>Es gibt kein Thema „%1“; es gibt: %2.</translation>
    </message>
    <message>
        <source>The engine cannot listen at %1: %2</source>
        <translation>Unter %1 kann niemand erreicht werden: %2</translation>
    </message>
    <message>
        <source>Too many talk to the engine already.</source>
        <translation>Es sind schon zu viele verbunden.</translation>
    </message>
    <message>
        <source>The line is too long.</source>
        <translation>Die Zeile ist zu lang.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Control::EngineApi</name>
    <message>
        <source>&quot;%1&quot; has to be a string.</source>
        <translation>„%1“ muss eine Zeichenkette sein.</translation>
    </message>
    <message>
        <source>There is no method &quot;%1&quot;.</source>
        <translation>Es gibt keine Methode „%1“.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has to be a list.</source>
        <translation>„%1“ muss eine Liste sein.</translation>
    </message>
    <message>
        <source>Either &quot;which&quot; or &quot;all&quot; has to be given.</source>
        <translation>Entweder „which“ oder „all“ muss angegeben sein.</translation>
    </message>
    <message>
        <source>The engine that runs has no window.</source>
        <translation>Das laufende Fairlead hat kein Fenster.</translation>
    </message>
    <message>
        <source>There is no profile named &quot;%1&quot;.</source>
        <translation>Es gibt kein Profil namens „%1“.</translation>
    </message>
    <message>
        <source>The engine that runs has no window to ask in.</source>
        <translation>Das laufende Fairlead hat kein Fenster, in dem es fragen könnte.</translation>
    </message>
    <message>
        <source>The engine is about to end.</source>
        <translation>Die Engine endet gerade.</translation>
    </message>
    <message>
        <source>The engine that runs has its window, and keeps its forwards.</source>
        <translation>Die laufende Engine hat ihr Fenster und behält ihre Weiterleitungen.</translation>
    </message>
    <message>
        <source>The engine that runs cannot hand its forwards over.</source>
        <translation>Die laufende Engine kann ihre Weiterleitungen nicht übergeben.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Control::EngineClient</name>
    <message>
        <source>The engine that runs does not answer.</source>
        <translation>Das laufende Fairlead antwortet nicht.</translation>
    </message>
    <message>
        <source>The engine has closed the connection.</source>
        <translation>Das laufende Fairlead hat die Verbindung geschlossen.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Control::EnginePlace</name>
    <message>
        <source>The folder %1 for the engine&apos;s socket cannot be made: %2.</source>
        <translation>Der Ordner %1 für den Socket kann nicht angelegt werden: %2.</translation>
    </message>
    <message>
        <source>The folder %1 for the engine&apos;s socket has to belong to this user and be closed to others (mode 0700).</source>
        <translation>Der Ordner %1 für den Socket muss diesem Benutzer gehören und für andere geschlossen sein (Modus 0700).</translation>
    </message>
</context>
<context>
    <name>Fairlead::Control::EngineSeat</name>
    <message>
        <source>Another Fairlead holds %1 and does not answer.</source>
        <translation>Ein anderes Fairlead hält %1 und antwortet nicht.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Control::Message</name>
    <message>
        <source>The line is not JSON: %1.</source>
        <translation>Die Zeile ist kein JSON: %1.</translation>
    </message>
    <message>
        <source>The line is not a JSON object.</source>
        <translation>Die Zeile ist kein JSON-Objekt.</translation>
    </message>
    <message>
        <source>&quot;id&quot; has to be a string or a number.</source>
        <translation>„id“ muss eine Zeichenkette oder eine Zahl sein.</translation>
    </message>
    <message>
        <source>&quot;method&quot; has to be a string.</source>
        <translation>„method“ muss eine Zeichenkette sein.</translation>
    </message>
    <message>
        <source>&quot;params&quot; has to be an object.</source>
        <translation>„params“ muss ein Objekt sein.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Control::Selection</name>
    <message>
        <source>There is no forward and no profile &quot;%1&quot;.</source>
        <translation>Es gibt keine Weiterleitung und kein Profil „%1“.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Control::TakeOver</name>
    <message>
        <source>What the other Fairlead handed over cannot be read: %1</source>
        <translation>Was das andere Fairlead übergeben hat, ist nicht lesbar: %1</translation>
    </message>
    <message>
        <source>What the other Fairlead handed over does not match.</source>
        <translation>Was das andere Fairlead übergeben hat, passt nicht zusammen.</translation>
    </message>
    <message>
        <source>The forwards cannot be handed over: %1 cannot be written: %2</source>
        <translation>Die Weiterleitungen können nicht übergeben werden: %1 kann nicht geschrieben werden: %2</translation>
    </message>
</context>
<context>
    <name>Fairlead::Doctor::ConnectStep</name>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>%1 through the proxy %2 (%3)</source>
        <comment>server, proxy, who named it</comment>
        <translation>%1 über den Proxy %2 (%3)</translation>
    </message>
    <message>
        <source>Is the server up? Is a VPN needed?</source>
        <translation>Läuft der Server? Wird ein VPN gebraucht?</translation>
    </message>
</context>
<context>
    <name>Fairlead::Doctor::ContextStep</name>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>anonymous</source>
        <translation>anonym</translation>
    </message>
    <message>
        <source>%1: %2, namespace %3
user %4, signs in with: %5</source>
        <comment>context, server, namespace, user, methods</comment>
        <translation>%1: %2, Namespace %3
Benutzer %4, meldet sich an mit: %5</translation>
    </message>
    <message>
        <source>(none)</source>
        <comment>context</comment>
        <translation>(keiner)</translation>
    </message>
    <message>
        <source>(none)</source>
        <comment>user</comment>
        <translation>(keiner)</translation>
    </message>
</context>
<context>
    <name>Fairlead::Doctor::Examination</name>
    <message>
        <source>not tried</source>
        <translation>nicht versucht</translation>
    </message>
</context>
<context>
    <name>Fairlead::Doctor::FilesStep</name>
    <message>
        <source>Configuration</source>
        <translation>Konfiguration</translation>
    </message>
    <message>
        <source>“fairlead config explain” shows where each part of the configuration comes from.</source>
        <translation>„fairlead config explain“ zeigt, woher jeder Teil der Konfiguration kommt.</translation>
    </message>
    <message>
        <source>none read; flags or the pod&apos;s own account are used</source>
        <translation>keine gelesen; es gelten Optionen oder das eigene Konto des Pods</translation>
    </message>
</context>
<context>
    <name>Fairlead::Doctor::IdentityStep</name>
    <message>
        <source>Who am I</source>
        <translation>Wer bin ich</translation>
    </message>
    <message>
        <source>This server does not tell (Kubernetes does since 1.28).</source>
        <translation>Dieser Server sagt es nicht (Kubernetes tut das seit 1.28).</translation>
    </message>
    <message>
        <source>nobody: the server takes this as an anonymous request</source>
        <translation>niemand: der Server hält das für eine anonyme Anfrage</translation>
    </message>
    <message>
        <source>Does the kubeconfig&apos;s user have credentials?</source>
        <translation>Hat der Benutzer in der kubeconfig Anmeldedaten?</translation>
    </message>
    <message>
        <source>%1, in %2</source>
        <comment>user, groups</comment>
        <translation>%1, in %2</translation>
    </message>
</context>
<context>
    <name>Fairlead::Doctor::NameStep</name>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>The proxy looks the server&apos;s name up.</source>
        <translation>Den Namen des Servers schlägt der Proxy nach.</translation>
    </message>
    <message>
        <source>%1 is an address.</source>
        <translation>%1 ist eine Adresse.</translation>
    </message>
    <message>
        <source>The name %1 is not known.</source>
        <translation>Der Name %1 ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Check the spelling in the kubeconfig; is a VPN needed to know this name?</source>
        <translation>Prüfen Sie die Schreibweise in der kubeconfig; wird ein VPN gebraucht, um diesen Namen zu kennen?</translation>
    </message>
    <message>
        <source>%1 is %2</source>
        <comment>name, addresses</comment>
        <translation>%1 ist %2</translation>
    </message>
</context>
<context>
    <name>Fairlead::Doctor::PortStep</name>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Needs a tunnel.</source>
        <translation>Braucht einen Tunnel.</translation>
    </message>
    <message>
        <source>Something listens on port %1.</source>
        <translation>Auf Port %1 lauscht etwas.</translation>
    </message>
    <message>
        <source>Nothing listens on port %1 in pod %2.</source>
        <translation>Auf Port %1 lauscht im Pod %2 nichts.</translation>
    </message>
    <message>
        <source>Does the program listen on another port, or has it not started yet?</source>
        <translation>Lauscht das Programm auf einem anderen Port, oder ist es noch nicht gestartet?</translation>
    </message>
</context>
<context>
    <name>Fairlead::Doctor::RightsStep</name>
    <message>
        <source>Rights</source>
        <translation>Rechte</translation>
    </message>
    <message>
        <source>This server does not tell.</source>
        <translation>Dieser Server sagt es nicht.</translation>
    </message>
    <message>
        <source>in %1: %2</source>
        <comment>namespace, rights</comment>
        <translation>in %1: %2</translation>
    </message>
    <message>
        <source>in %1, missing: %2</source>
        <comment>namespace, rights</comment>
        <translation>in %1 fehlen: %2</translation>
    </message>
    <message>
        <source>An administrator can give them: kubectl create role fairlead -n %1 --verb=get,list,watch,create --resource=pods,pods/portforward</source>
        <translation>Ein Administrator kann sie geben: kubectl create role fairlead -n %1 --verb=get,list,watch,create --resource=pods,pods/portforward</translation>
    </message>
</context>
<context>
    <name>Fairlead::Doctor::TargetStep</name>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>None was named.</source>
        <translation>Keines genannt.</translation>
    </message>
    <message>
        <source>There is no pod behind %1.</source>
        <comment>target</comment>
        <translation>Hinter %1 steht kein Pod.</translation>
    </message>
    <message>
        <source>The service selects pods with %1.</source>
        <translation>Der Service wählt Pods mit %1.</translation>
    </message>
    <message>
        <source>Is it scaled to 0? Do the labels of the pods match?</source>
        <translation>Ist es auf 0 skaliert? Passen die Labels der Pods?</translation>
    </message>
    <message numerus="yes">
        <source>%1: pod %2 of %n</source>
        <comment>target, pod, number of pods</comment>
        <translation>
            <numerusform>%1: Pod %2 von %n</numerusform>
            <numerusform>%1: Pod %2 von %n</numerusform>
        </translation>
    </message>
    <message>
        <source>You may not read the pod; whether it is there shows at the upgrade.</source>
        <translation>Sie dürfen den Pod nicht lesen; ob er da ist, zeigt sich beim Upgrade.</translation>
    </message>
    <message>
        <source>%1 is not running (%2).</source>
        <comment>pod, status</comment>
        <translation>%1 läuft nicht (%2).</translation>
    </message>
    <message>
        <source>“kubectl describe pod %1” tells why.</source>
        <translation>„kubectl describe pod %1“ sagt, warum.</translation>
    </message>
    <message>
        <source>%1 runs but is not ready (%2).</source>
        <comment>pod, status</comment>
        <translation>%1 läuft, ist aber nicht bereit (%2).</translation>
    </message>
    <message>
        <source>%1, ready</source>
        <comment>pod</comment>
        <translation>%1, bereit</translation>
    </message>
</context>
<context>
    <name>Fairlead::Doctor::TlsStep</name>
    <message>
        <source>TLS</source>
        <translation>TLS</translation>
    </message>
    <message>
        <source>The connection is not encrypted (http://), so no credentials are sent.</source>
        <translation>Die Verbindung ist nicht verschlüsselt (http://), darum werden keine Anmeldedaten gesendet.</translation>
    </message>
    <message>
        <source>%1, certificate of %2 by %3, valid until %4</source>
        <comment>protocol, subject, issuer, date</comment>
        <translation>%1, Zertifikat von %2, ausgestellt von %3, gültig bis %4</translation>
    </message>
    <message>
        <source>It was not checked (insecure-skip-tls-verify).</source>
        <translation>Es wurde nicht geprüft (insecure-skip-tls-verify).</translation>
    </message>
    <message>
        <source>Anyone on the way can pretend to be this server; give its CA in the kubeconfig instead.</source>
        <translation>Jeder auf dem Weg kann sich als dieser Server ausgeben; geben Sie besser seine CA in der kubeconfig an.</translation>
    </message>
    <message>
        <source>The server and this program cannot agree on TLS.</source>
        <translation>Der Server und dieses Programm können sich nicht auf TLS einigen.</translation>
    </message>
    <message>
        <source>Is %1 really an API server&apos;s address?</source>
        <translation>Ist %1 wirklich die Adresse eines API-Servers?</translation>
    </message>
</context>
<context>
    <name>Fairlead::Doctor::UpgradeStep</name>
    <message>
        <source>Port-forward</source>
        <translation>Port-Forward</translation>
    </message>
    <message>
        <source>Name a target to try it.</source>
        <translation>Nennen Sie ein Ziel, um es zu versuchen.</translation>
    </message>
    <message>
        <source>The pod declares no port: name one to try it.</source>
        <translation>Der Pod gibt keinen Port an: Nennen Sie einen, um es zu versuchen.</translation>
    </message>
    <message numerus="yes">
        <source>Nothing came back for %n second(s).</source>
        <translation>
            <numerusform>%n Sekunde lang kam nichts zurück.</numerusform>
            <numerusform>%n Sekunden lang kam nichts zurück.</numerusform>
        </translation>
    </message>
    <message>
        <source>a tunnel is up over %1, %2 ms there and back</source>
        <comment>round trip</comment>
        <translation>ein Tunnel über %1 steht, %2 ms hin und zurück</translation>
    </message>
    <message>
        <source>a tunnel is up over %1</source>
        <translation>ein Tunnel über %1 steht</translation>
    </message>
</context>
<context>
    <name>Fairlead::Doctor::VersionStep</name>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>%1 answers, but not as an API server does.</source>
        <translation>%1 antwortet, aber nicht wie ein API-Server.</translation>
    </message>
    <message>
        <source>Is it another server, or a page to sign in at?</source>
        <translation>Ist es ein anderer Server oder eine Anmeldeseite?</translation>
    </message>
    <message>
        <source>Kubernetes %1</source>
        <comment>version</comment>
        <translation>Kubernetes %1</translation>
    </message>
    <message>
        <source>%1, its clock and this one agree</source>
        <comment>version</comment>
        <translation>%1, seine Uhr und diese gehen gleich</translation>
    </message>
    <message numerus="yes">
        <source>Its clock is %n second(s) ahead of this computer&apos;s.</source>
        <translation>
            <numerusform>Seine Uhr geht %n Sekunde vor der dieses Computers.</numerusform>
            <numerusform>Seine Uhr geht %n Sekunden vor der dieses Computers.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Its clock is %n second(s) behind this computer&apos;s.</source>
        <translation>
            <numerusform>Seine Uhr geht %n Sekunde hinter der dieses Computers.</numerusform>
            <numerusform>Seine Uhr geht %n Sekunden hinter der dieses Computers.</numerusform>
        </translation>
    </message>
    <message>
        <source>Certificates and tokens may seem expired or not valid yet: set the clock that is wrong.</source>
        <translation>Zertifikate und Token können abgelaufen oder noch nicht gültig erscheinen: Stellen Sie die falsche Uhr.</translation>
    </message>
    <message>
        <source>The server does not tell its version.</source>
        <translation>Der Server sagt seine Version nicht.</translation>
    </message>
    <message>
        <source>The credentials are not accepted: sign in again, or see “fairlead config explain” for what was sent.</source>
        <translation>Die Anmeldedaten werden nicht angenommen: Melden Sie sich neu an, oder sehen Sie mit „fairlead config explain“ nach, was gesendet wurde.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Forward::ConnectionEnd</name>
    <message>
        <source>The local program closed the connection.</source>
        <translation>Das lokale Programm hat die Verbindung geschlossen.</translation>
    </message>
    <message>
        <source>The pod closed the connection.</source>
        <translation>Der Pod hat die Verbindung geschlossen.</translation>
    </message>
    <message>
        <source>The pod&apos;s side cut it one second after the end of input.</source>
        <translation>Die Seite des Pods hat sie eine Sekunde nach dem Ende der Eingabe getrennt.</translation>
    </message>
    <message>
        <source>The local program reset the connection.</source>
        <translation>Das lokale Programm hat die Verbindung zurückgesetzt.</translation>
    </message>
    <message>
        <source>The pod&apos;s side reset the connection.</source>
        <translation>Die Seite des Pods hat die Verbindung zurückgesetzt.</translation>
    </message>
    <message>
        <source>The node refused the connection to port %1.</source>
        <translation>Der Node hat die Verbindung zu Port %1 abgelehnt.</translation>
    </message>
    <message>
        <source>The node did not answer in time.</source>
        <translation>Der Node hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>The connection to the API server broke.</source>
        <translation>Die Verbindung zum API-Server ist abgebrochen.</translation>
    </message>
    <message>
        <source>Connection %1 from %2 port %3 to port %4 of the pod: %5</source>
        <translation>Verbindung %1 von %2 Port %3 zu Port %4 des Pods: %5</translation>
    </message>
</context>
<context>
    <name>Fairlead::Forward::ConnectionSet</name>
    <message numerus="yes">
        <source>No connection to the pod could be had in %n second(s).</source>
        <translation>
            <numerusform>In %n Sekunde kam keine Verbindung zum Pod zustande.</numerusform>
            <numerusform>In %n Sekunden kam keine Verbindung zum Pod zustande.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Forward::ForwardWorker</name>
    <message>
        <source>Connecting to pod %1.</source>
        <translation>Verbindung zum Pod %1 wird aufgebaut.</translation>
    </message>
    <message>
        <source>The certificates for %1 cannot be used.</source>
        <translation>Die Zertifikate für %1 sind nicht verwendbar.</translation>
    </message>
    <message>
        <source>Too many connections wait for a tunnel already.</source>
        <translation>Es warten schon zu viele Verbindungen auf einen Tunnel.</translation>
    </message>
    <message>
        <source>Connecting to %1.</source>
        <translation>Verbindung zu %1 wird aufgebaut.</translation>
    </message>
    <message>
        <source>%1 cannot be forwarded that way: %2</source>
        <translation>%1 kann so nicht weitergeleitet werden: %2</translation>
    </message>
    <message>
        <source>via %1</source>
        <comment>small print below Running: pods</comment>
        <translation>über %1</translation>
    </message>
    <message>
        <source>The node of pod %1 is not known, so the pod cannot be reached through it. Are you allowed to read pods?</source>
        <translation>Der Node des Pods %1 ist nicht bekannt, deshalb ist der Pod nicht über ihn erreichbar. Dürfen Sie Pods lesen?</translation>
    </message>
    <message>
        <source>Another pod is used: %1 %2</source>
        <translation>Ein anderer Pod wird benutzt: %1 %2</translation>
    </message>
</context>
<context>
    <name>Fairlead::Forward::LocalConnection</name>
    <message>
        <source>The local program reset the connection.</source>
        <translation>Das lokale Programm hat die Verbindung zurückgesetzt.</translation>
    </message>
    <message>
        <source>The server takes no more streams.</source>
        <translation>Der Server nimmt keine weiteren Streams an.</translation>
    </message>
    <message>
        <source>The forward was stopped.</source>
        <translation>Die Weiterleitung wurde gestoppt.</translation>
    </message>
    <message>
        <source>The server asked to close the connection.</source>
        <translation>Der Server hat darum gebeten, die Verbindung zu schließen.</translation>
    </message>
    <message>
        <source>Its pod is gone.</source>
        <translation>Sein Pod ist nicht mehr da.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Forward::LocalListener</name>
    <message>
        <source>Local port %1 is used by %2 (pid %3).</source>
        <translation>Port %1 ist von %2 (PID %3) belegt.</translation>
    </message>
    <message>
        <source>Local port %1 is used by another program.</source>
        <translation>Port %1 ist von einem anderen Programm belegt.</translation>
    </message>
    <message>
        <source>Only administrators may open local port %1; choose a port from 1024 up, for example %2.</source>
        <translation>Nur Administratoren dürfen den lokalen Port %1 öffnen; wählen Sie einen Port ab 1024, zum Beispiel %2.</translation>
    </message>
    <message>
        <source>This computer has no address %1.</source>
        <translation>Dieser Computer hat keine Adresse %1.</translation>
    </message>
    <message>
        <source>This computer does not speak the protocol of %1.</source>
        <translation>Dieser Computer beherrscht das Protokoll von %1 nicht.</translation>
    </message>
    <message>
        <source>Cannot listen on %1: %2.</source>
        <translation>Auf %1 kann nicht gelauscht werden: %2.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Forward::PortSet</name>
    <message>
        <source>New connections have to wait a moment: %1.</source>
        <translation>Neue Verbindungen müssen einen Moment warten: %1.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Forward::State</name>
    <message>
        <source>Stopped</source>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Startet</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Waiting for pod</source>
        <translation>Wartet auf Pod</translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <translation>Verbindet neu</translation>
    </message>
    <message>
        <source>Sign-in needed</source>
        <translation>Anmeldung nötig</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
</context>
<context>
    <name>Fairlead::Forward::Tunnel</name>
    <message>
        <source>The connection to the server broke: %1.</source>
        <translation>Die Verbindung zum Server ist abgebrochen: %1.</translation>
    </message>
    <message>
        <source>The server broke the SPDY protocol: %1</source>
        <translation>Der Server hat das SPDY-Protokoll verletzt: %1</translation>
    </message>
    <message>
        <source>The server asked to close the connection.</source>
        <translation>Der Server hat darum gebeten, die Verbindung zu schließen.</translation>
    </message>
    <message>
        <source>The server has not answered for some time.</source>
        <translation>Der Server hat seit einiger Zeit nicht geantwortet.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Http</name>
    <message>
        <source>The HTTP head is larger than 64 KiB.</source>
        <translation>Der HTTP-Kopf ist größer als 64 KiB.</translation>
    </message>
    <message>
        <source>The other end does not speak HTTP.</source>
        <translation>Die Gegenseite spricht kein HTTP.</translation>
    </message>
    <message>
        <source>The other end sent a malformed HTTP header field.</source>
        <translation>Die Gegenseite hat ein fehlerhaftes HTTP-Kopffeld gesendet.</translation>
    </message>
    <message>
        <source>The other end speaks another version of HTTP than 1.1.</source>
        <translation>Die Gegenseite spricht eine andere HTTP-Version als 1.1.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Kube::AccessDenial</name>
    <message>
        <source>The server does not know who you are, and strangers may not do this (%1 %2).</source>
        <extracomment>%1 is a verb of the API such as &quot;list&quot;, %2 a resource such as &quot;pods&quot;</extracomment>
        <translation>Der Server weiß nicht, wer Sie sind, und Fremde dürfen das nicht (%1 %2).</translation>
    </message>
    <message>
        <source>The user “%1” may not forward ports of pods in the namespace “%2”.</source>
        <extracomment>%1 is a user, %2 a namespace</extracomment>
        <translation>Der Benutzer „%1“ darf im Namespace „%2“ keine Ports von Pods weiterleiten.</translation>
    </message>
    <message>
        <source>The user “%1” may not do “%2 %3” in the cluster as a whole.</source>
        <extracomment>%1 is a user, %2 a verb of the API such as &quot;list&quot;, %3 a resource such as &quot;nodes&quot;</extracomment>
        <translation>Der Benutzer „%1“ darf „%2 %3“ nicht im ganzen Cluster.</translation>
    </message>
    <message>
        <source>The user “%1” may not do “%2 %3” in the namespace “%4”.</source>
        <extracomment>%1 is a user, %2 a verb of the API such as &quot;list&quot;, %3 a resource such as &quot;pods&quot;, %4 a namespace</extracomment>
        <translation>Der Benutzer „%1“ darf „%2 %3“ nicht im Namespace „%4“.</translation>
    </message>
    <message>
        <source>Check the user of the context: its token or certificate is missing or was not accepted.</source>
        <translation>Prüfen Sie den Benutzer des Kontexts: Sein Token oder Zertifikat fehlt oder wurde nicht angenommen.</translation>
    </message>
    <message>
        <source>An administrator can allow it with:</source>
        <translation>Wer den Cluster verwaltet, kann es erlauben mit:</translation>
    </message>
</context>
<context>
    <name>Fairlead::Kube::AnswerStream</name>
    <message>
        <source>No secure connection to %1: %2</source>
        <translation>Keine sichere Verbindung zu %1: %2</translation>
    </message>
    <message>
        <source>%1 closed the connection before its answer was complete.</source>
        <translation>%1 hat die Verbindung geschlossen, bevor die Antwort vollständig war.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Kube::ApiError</name>
    <message>
        <source>The server does not accept the credentials: %1</source>
        <translation>Der Server akzeptiert die Anmeldedaten nicht: %1</translation>
    </message>
    <message>
        <source>The server does not allow it: %1</source>
        <translation>Der Server erlaubt es nicht: %1</translation>
    </message>
    <message>
        <source>The server cannot find it: %1</source>
        <translation>Der Server findet es nicht: %1</translation>
    </message>
    <message>
        <source>The server no longer remembers that state of the list; it has to be read again.</source>
        <translation>Der Server kennt diesen Stand der Liste nicht mehr; sie muss neu gelesen werden.</translation>
    </message>
    <message>
        <source>The server is busy and asks to try again later.</source>
        <translation>Der Server ist ausgelastet und bittet, es später noch einmal zu versuchen.</translation>
    </message>
    <message>
        <source>The server has a problem (%1): %2</source>
        <translation>Der Server hat ein Problem (%1): %2</translation>
    </message>
    <message>
        <source>The server refused the request (%1): %2</source>
        <translation>Der Server hat die Anfrage abgelehnt (%1): %2</translation>
    </message>
    <message>
        <source>%1 answered with a web page (status %2) instead of the Kubernetes API; perhaps a proxy or a sign-in page stands in between.</source>
        <extracomment>%1 is host and port, %2 an HTTP status number</extracomment>
        <translation>%1 hat mit einer Webseite (Status %2) statt mit der Kubernetes-API geantwortet; vielleicht steht ein Proxy oder eine Anmeldeseite dazwischen.</translation>
    </message>
    <message>
        <source>%1 wants to lead us elsewhere (%2); an API server does not do that, so perhaps a sign-in page stands in between.</source>
        <extracomment>%1 is host and port, %2 a host name</extracomment>
        <translation>%1 will woandershin weiterleiten (%2); ein API-Server tut das nicht, vielleicht steht also eine Anmeldeseite dazwischen.</translation>
    </message>
    <message>
        <source>Nothing answers at %1: the connection was refused.</source>
        <translation>Unter %1 antwortet nichts: Die Verbindung wurde abgelehnt.</translation>
    </message>
    <message>
        <source>The name %1 is not known; check the VPN and the server&apos;s address.</source>
        <translation>Der Name %1 ist unbekannt; prüfen Sie das VPN und die Adresse des Servers.</translation>
    </message>
    <message>
        <source>%1 does not answer.</source>
        <translation>%1 antwortet nicht.</translation>
    </message>
    <message>
        <source>%1 closed the connection before its answer was complete.</source>
        <translation>%1 hat die Verbindung geschlossen, bevor die Antwort vollständig war.</translation>
    </message>
    <message>
        <source>No secure connection to %1: %2</source>
        <translation>Keine sichere Verbindung zu %1: %2</translation>
    </message>
    <message>
        <source>No connection to %1: %2</source>
        <translation>Keine Verbindung zu %1: %2</translation>
    </message>
    <message>
        <source>The identity of %1 could not be verified. %2</source>
        <translation>Die Identität von %1 ließ sich nicht bestätigen. %2</translation>
    </message>
    <message numerus="yes">
        <source>%1 did not answer within %n second(s).</source>
        <translation>
            <numerusform>%1 hat nicht innerhalb von %n Sekunde geantwortet.</numerusform>
            <numerusform>%1 hat nicht innerhalb von %n Sekunden geantwortet.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 answered with something that is not the Kubernetes API.</source>
        <translation>%1 hat mit etwas geantwortet, das nicht die Kubernetes-API ist.</translation>
    </message>
    <message>
        <source>The answer of %1 is larger than %2, so it was not read.</source>
        <extracomment>%1 is host and port, %2 an amount such as &quot;64 MiB&quot;</extracomment>
        <translation>Die Antwort von %1 ist größer als %2, darum wurde sie nicht gelesen.</translation>
    </message>
    <message>
        <source>%1 does not speak TLS; perhaps its address begins with http:// or the port is wrong.</source>
        <translation>%1 spricht kein TLS; vielleicht beginnt die Adresse mit http:// oder der Port ist falsch.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Kube::ContextStore</name>
    <message>
        <source>The kubeconfig %1 has been removed from Fairlead. Add it again to use its contexts.</source>
        <comment>%1 path of a file</comment>
        <translation>Die kubeconfig %1 wurde aus Fairlead entfernt. Fügen Sie sie wieder hinzu, um ihre Kontexte zu verwenden.</translation>
    </message>
    <message>
        <source>%1 was added, but is not there any more.</source>
        <comment>%1 path of a kubeconfig file</comment>
        <translation>%1 wurde hinzugefügt, ist aber nicht mehr da.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Kube::Target</name>
    <message>
        <source>Service %1 leads out of the cluster, to %2; there are no pods behind it.</source>
        <extracomment>%1 is a service, %2 a host name</extracomment>
        <translation>Der Service %1 führt aus dem Cluster hinaus, zu %2; hinter ihm stehen keine Pods.</translation>
    </message>
    <message>
        <source>Service %1 does not say which pods are behind it (it has no selector).</source>
        <translation>Der Service %1 sagt nicht, welche Pods hinter ihm stehen (er hat keinen Selektor).</translation>
    </message>
    <message>
        <source>The pods of %1 cannot be found: %2</source>
        <translation>Die Pods von %1 sind nicht zu finden: %2</translation>
    </message>
    <message>
        <source>%1 does not say which pods are its own (its selector is empty).</source>
        <translation>%1 sagt nicht, welche Pods ihm gehören (sein Selektor ist leer).</translation>
    </message>
</context>
<context>
    <name>Fairlead::Net::ProxyFailure</name>
    <message>
        <source>The name of the proxy %1 cannot be found. Check its address, and whether the VPN is on.</source>
        <translation>Der Name des Proxys %1 ist nicht bekannt. Prüfen Sie seine Adresse und ob das VPN an ist.</translation>
    </message>
    <message>
        <source>The proxy %1 cannot be reached (%3). Check whether it runs, its address, and the VPN.</source>
        <translation>Der Proxy %1 ist nicht erreichbar (%3). Prüfen Sie, ob er läuft, seine Adresse und das VPN.</translation>
    </message>
    <message>
        <source>The proxy %1 does not answer. Check its address, and whether the VPN is on.</source>
        <translation>Der Proxy %1 antwortet nicht. Prüfen Sie seine Adresse und ob das VPN an ist.</translation>
    </message>
    <message>
        <source>No secure connection to the proxy %1 can be made: %3</source>
        <translation>Zum Proxy %1 kommt keine sichere Verbindung zustande: %3</translation>
    </message>
    <message>
        <source>%1 does not answer as an HTTP proxy does. Check the port, and whether it is a SOCKS proxy: then its address begins with socks5://.</source>
        <translation>%1 antwortet nicht wie ein HTTP-Proxy. Prüfen Sie den Port, und ob es ein SOCKS-Proxy ist: Dann beginnt seine Adresse mit socks5://.</translation>
    </message>
    <message>
        <source>%1 does not answer as a SOCKS5 proxy does. Check the port, and whether it is an HTTP proxy: then its address begins with http://.</source>
        <translation>%1 antwortet nicht wie ein SOCKS5-Proxy. Prüfen Sie den Port, und ob es ein HTTP-Proxy ist: Dann beginnt seine Adresse mit http://.</translation>
    </message>
    <message>
        <source>The proxy %1 wants user and password. Write them into its address, as in http://USER:PASSWORD@proxy:3128.</source>
        <translation>Der Proxy %1 verlangt Benutzer und Passwort. Schreiben Sie beides in seine Adresse, wie in http://BENUTZER:PASSWORT@proxy:3128.</translation>
    </message>
    <message>
        <source>The proxy %1 does not accept the user and password of its address (%3). Correct them there; special characters have to be percent-encoded.</source>
        <translation>Der Proxy %1 nimmt Benutzer und Passwort aus seiner Adresse nicht an (%3). Berichtigen Sie beides dort; Sonderzeichen müssen prozentkodiert sein.</translation>
    </message>
    <message>
        <source>The proxy %1 cannot take this user and password: SOCKS5 wants a user, and at most 255 bytes for each.</source>
        <translation>Der Proxy %1 kann diesen Benutzer und dieses Passwort nicht nehmen: SOCKS5 verlangt einen Benutzer und je höchstens 255 Bytes.</translation>
    </message>
    <message>
        <source>The proxy %1 wants a sign-in of the kind %3, and Fairlead can only give user and password (Basic). A local proxy that signs in, such as cntlm or px, can stand in between.</source>
        <translation>Der Proxy %1 verlangt eine Anmeldung der Art %3, und Fairlead kann nur Benutzer und Passwort (Basic) geben. Ein lokaler Proxy, der sich anmeldet, etwa cntlm oder px, kann dazwischen stehen.</translation>
    </message>
    <message>
        <source>The proxy %1 was asked for %2 and does not answer. It may be overloaded, or cannot reach the server; or no proxy of this kind listens there.</source>
        <translation>Der Proxy %1 wurde nach %2 gefragt und antwortet nicht. Vielleicht ist er überlastet oder erreicht den Server nicht; oder dort lauscht kein Proxy dieser Art.</translation>
    </message>
    <message>
        <source>The proxy %1 closed the connection instead of connecting to %2 (%3). Check whether it is a proxy of this kind.</source>
        <translation>Der Proxy %1 hat die Verbindung geschlossen, statt mit %2 zu verbinden (%3). Prüfen Sie, ob es ein Proxy dieser Art ist.</translation>
    </message>
    <message>
        <source>The proxy %1 does not allow connections to %2 (%3). Its administrator has to allow that host and port, for HTTP proxies with the method CONNECT; or exempt the server with NO_PROXY if it can be reached directly.</source>
        <translation>Der Proxy %1 erlaubt keine Verbindungen zu %2 (%3). Wer ihn verwaltet, muss diesen Rechner und Port erlauben, bei HTTP-Proxys mit der Methode CONNECT; oder nehmen Sie den Server mit NO_PROXY aus, wenn er direkt erreichbar ist.</translation>
    </message>
    <message>
        <source>%1 does not make connections to %2 (%3). Check whether it is a proxy that allows CONNECT.</source>
        <translation>%1 stellt keine Verbindungen zu %2 her (%3). Prüfen Sie, ob es ein Proxy ist, der CONNECT erlaubt.</translation>
    </message>
    <message>
        <source>The proxy %1 cannot reach %2 (%3). Check the server&apos;s name and port; the proxy looks them up in its own network.</source>
        <translation>Der Proxy %1 erreicht %2 nicht (%3). Prüfen Sie Namen und Port des Servers; der Proxy sucht sie in seinem eigenen Netz.</translation>
    </message>
    <message>
        <source>The name of the server %2 cannot be told to the proxy %1.</source>
        <translation>Der Name des Servers %2 lässt sich dem Proxy %1 nicht mitteilen.</translation>
    </message>
    <message>
        <source>The proxy %1 answers with something of its own instead of a connection to %2; perhaps a sign-in page stands in between.</source>
        <translation>Der Proxy %1 antwortet mit etwas Eigenem statt mit einer Verbindung zu %2; vielleicht steht eine Anmeldeseite dazwischen.</translation>
    </message>
    <message>
        <source>The proxy %1 gave an answer that cannot be used when asked for %2: %3</source>
        <translation>Der Proxy %1 gab auf die Frage nach %2 eine unbrauchbare Antwort: %3</translation>
    </message>
    <message>
        <source>The proxy is set by proxy-url in the cluster&apos;s entry of the kubeconfig.</source>
        <translation>Der Proxy steht als proxy-url im Eintrag des Clusters in der kubeconfig.</translation>
    </message>
    <message>
        <source>The proxy is set by the variable %1 of the environment; servers that can be reached without it belong into NO_PROXY.</source>
        <extracomment>%1 is a variable of the environment, such as HTTPS_PROXY</extracomment>
        <translation>Der Proxy steht in der Umgebungsvariablen %1; Server, die ohne ihn erreichbar sind, gehören in NO_PROXY.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Net::ProxySettings</name>
    <message>
        <source>%1 (from %2)</source>
        <extracomment>%1 is a proxy&apos;s address, %2 what named it, such as HTTPS_PROXY or proxy-url</extracomment>
        <translation>%1 (aus %2)</translation>
    </message>
    <message>
        <source>The proxy address &quot;%1&quot; cannot be used. Write it like http://proxy.example.com:3128, https://… or socks5://…; special characters in user and password have to be percent-encoded.</source>
        <extracomment>%1 is what was written, without a password</extracomment>
        <translation>Die Proxy-Adresse „%1“ ist nicht brauchbar. Schreiben Sie sie wie http://proxy.example.com:3128, https://… oder socks5://…; Sonderzeichen in Benutzer und Passwort müssen prozentkodiert sein.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Net::TcpConnector</name>
    <message>
        <source>The name of the server %1 cannot be found.</source>
        <translation>Der Name des Servers %1 ist nicht zu finden.</translation>
    </message>
    <message>
        <source>The server %1 cannot be reached.</source>
        <translation>Der Server %1 ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>The server %1 does not answer.</source>
        <translation>Der Server %1 antwortet nicht.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Net::TlsConfiguration</name>
    <message>
        <source>The certificate authority of this cluster contains no readable PEM certificate.</source>
        <translation>Die Zertifizierungsstelle dieses Clusters enthält kein lesbares PEM-Zertifikat.</translation>
    </message>
    <message>
        <source>The client certificate contains no readable PEM certificate.</source>
        <translation>Das Client-Zertifikat enthält kein lesbares PEM-Zertifikat.</translation>
    </message>
    <message>
        <source>There is a client certificate but no private key for it.</source>
        <translation>Es gibt ein Client-Zertifikat, aber keinen privaten Schlüssel dazu.</translation>
    </message>
    <message>
        <source>The client key is encrypted with a passphrase; such keys are not supported.</source>
        <translation>Der Client-Schlüssel ist mit einer Passphrase verschlüsselt; solche Schlüssel werden nicht unterstützt.</translation>
    </message>
    <message>
        <source>The client key is no private key in PEM form (PKCS#1, PKCS#8 or SEC1).</source>
        <translation>Der Client-Schlüssel ist kein privater Schlüssel in PEM-Form (PKCS#1, PKCS#8 oder SEC1).</translation>
    </message>
    <message>
        <source>The client key does not belong to the client certificate.</source>
        <translation>Der Client-Schlüssel gehört nicht zum Client-Zertifikat.</translation>
    </message>
    <message>
        <source>Qt offers no OpenSSL here, so no TLS connection can be made.</source>
        <translation>Qt bietet hier kein OpenSSL, darum ist keine TLS-Verbindung möglich.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Net::TlsFailure</name>
    <message>
        <source>The certificate “%1”, issued by “%2”, expired on %3.</source>
        <extracomment>%1 and %2 are names in a certificate, %3 is a date with time</extracomment>
        <translation>Das Zertifikat „%1“, ausgestellt von „%2“, ist am %3 abgelaufen.</translation>
    </message>
    <message>
        <source>The certificate “%1”, issued by “%2”, is valid only from %3 on; perhaps this computer&apos;s clock is wrong.</source>
        <extracomment>%1 and %2 are names in a certificate, %3 is a date with time</extracomment>
        <translation>Das Zertifikat „%1“, ausgestellt von „%2“, gilt erst ab %3; vielleicht geht die Uhr dieses Computers falsch.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate “%1” names no host at all, so it does not prove to be %2.</source>
        <extracomment>%1 is the name in a certificate, %2 a host name or address</extracomment>
        <translation>Das Zertifikat „%1“ des Servers nennt gar keinen Host und beweist darum nicht, dass er %2 ist.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate comes from an authority that is not trusted.</source>
        <translation>Das Zertifikat des Servers stammt von einer Stelle, der nicht vertraut wird.</translation>
    </message>
    <message>
        <source>The certificate “%1” is signed by itself and not among the trusted authorities.</source>
        <extracomment>%1 is the name in a certificate</extracomment>
        <translation>Das Zertifikat „%1“ hat sich selbst unterschrieben und gehört nicht zu den vertrauenswürdigen Stellen.</translation>
    </message>
    <message>
        <source>The certificate “%1” was issued by “%2”, which is not among the trusted authorities.</source>
        <extracomment>%1 and %2 are names in a certificate</extracomment>
        <translation>Das Zertifikat „%1“ wurde von „%2“ ausgestellt, das nicht zu den vertrauenswürdigen Stellen gehört.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate “%3” is made out to %1 and not to %2.</source>
        <extracomment>%1 is a list of host names and addresses, %2 a host name or address, %3 the name in a certificate</extracomment>
        <translation>Das Zertifikat „%3“ des Servers ist auf %1 ausgestellt und nicht auf %2.</translation>
    </message>
    <message>
        <source>It is valid until %1.</source>
        <extracomment>%1 is a date with time</extracomment>
        <translation>Es gilt bis %1.</translation>
    </message>
    <message>
        <source>Whoever runs the server has to renew its certificate; a kubeconfig made anew does not help against that.</source>
        <translation>Wer den Server betreibt, muss dessen Zertifikat erneuern; eine neu gemachte kubeconfig hilft dagegen nicht.</translation>
    </message>
    <message>
        <source>Check date and time of this computer.</source>
        <translation>Prüfen Sie Datum und Uhrzeit dieses Rechners.</translation>
    </message>
    <message>
        <source>Use one of the certificate&apos;s names in the server&apos;s address, or put it into tls-server-name in the cluster&apos;s entry of the kubeconfig.</source>
        <translation>Verwenden Sie einen der Namen des Zertifikats in der Adresse des Servers oder als tls-server-name im Eintrag des Clusters in der kubeconfig.</translation>
    </message>
    <message>
        <source>The certificate-authority of the cluster&apos;s entry in the kubeconfig decides who is trusted, or this system&apos;s roots where there is none. Get a fresh kubeconfig if the cluster was renewed; a company&apos;s proxy that reads along shows a certificate of its own.</source>
        <translation>Wem vertraut wird, bestimmt certificate-authority im Eintrag des Clusters in der kubeconfig, oder ohne dies das System. Holen Sie eine frische kubeconfig, wenn der Cluster erneuert wurde; ein mitlesender Firmenproxy zeigt ein eigenes Zertifikat.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Net::UpgradeHandshake</name>
    <message>
        <source>%1 does not speak HTTP like an API server.</source>
        <translation>%1 spricht nicht HTTP wie ein API-Server.</translation>
    </message>
    <message>
        <source>%1 closed the connection without an answer.</source>
        <translation>%1 hat die Verbindung ohne Antwort geschlossen.</translation>
    </message>
    <message>
        <source>The server switched to another protocol than WebSocket.</source>
        <translation>Der Server hat zu einem anderen Protokoll als WebSocket gewechselt.</translation>
    </message>
    <message>
        <source>The WebSocket answer of %1 does not belong to our request. Does a cache answer in its place?</source>
        <extracomment>%1 is a host name.</extracomment>
        <translation>Die WebSocket-Antwort von %1 gehört nicht zu unserer Anfrage. Antwortet ein Zwischenspeicher an seiner Stelle?</translation>
    </message>
    <message>
        <source>The server chose the protocol &quot;%1&quot; instead of &quot;%2&quot;.</source>
        <extracomment>%1 is what the server chose, possibly nothing; %2 is the protocol&apos;s name.</extracomment>
        <translation>Der Server hat das Protokoll „%1“ statt „%2“ gewählt.</translation>
    </message>
    <message>
        <source>The server uses a WebSocket extension that it was not asked for.</source>
        <translation>Der Server benutzt eine WebSocket-Erweiterung, um die er nicht gebeten wurde.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Net::UpgradedConnection</name>
    <message>
        <source>No secure connection to %1 can be made.</source>
        <translation>Es ist keine sichere Verbindung zu %1 möglich.</translation>
    </message>
    <message>
        <source>The connection to %1 broke.</source>
        <translation>Die Verbindung zu %1 ist abgebrochen.</translation>
    </message>
    <message>
        <source>%1 did not answer in time.</source>
        <translation>%1 hat nicht rechtzeitig geantwortet.</translation>
    </message>
    <message>
        <source>The identity of %1 could not be verified. %2</source>
        <translation>Die Identität von %1 ließ sich nicht bestätigen. %2</translation>
    </message>
</context>
<context>
    <name>Fairlead::PortForward</name>
    <message>
        <source>No program listens on port %1 of localhost in the pod. Check the port and that the program listens on localhost or on all addresses.</source>
        <extracomment>%1 is a port number.</extracomment>
        <translation>Auf Port %1 von localhost lauscht im Pod kein Programm. Prüfen Sie den Port und ob das Programm auf localhost oder auf allen Adressen lauscht.</translation>
    </message>
    <message>
        <source>The pod is gone or has stopped.</source>
        <translation>Der Pod ist weg oder wurde beendet.</translation>
    </message>
    <message>
        <source>The program on port %1 in the pod ended this connection abruptly.</source>
        <extracomment>%1 is a port number.</extracomment>
        <translation>Das Programm auf Port %1 im Pod hat diese Verbindung abrupt beendet.</translation>
    </message>
    <message>
        <source>The node cannot forward ports because socat or nsenter is not installed on it. Ask those who run the cluster.</source>
        <translation>Der Node kann keine Ports weiterleiten, weil socat oder nsenter auf ihm fehlt. Fragen Sie die Betreiber des Clusters.</translation>
    </message>
    <message>
        <source>The node waited in vain for the second stream of this connection. Try again.</source>
        <translation>Der Node hat vergeblich auf den zweiten Stream dieser Verbindung gewartet. Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The node could not forward port %1 of the pod.</source>
        <extracomment>%1 is a port number.</extracomment>
        <translation>Der Node konnte den Port %1 des Pods nicht weiterleiten.</translation>
    </message>
    <message>
        <source>%1 sends us elsewhere (%2). Is there a sign-in page or a gateway in between?</source>
        <extracomment>%1 is a host name, %2 is the status line of its answer, such as &quot;302 Found&quot;.</extracomment>
        <translation>%1 schickt uns woandershin (%2). Steht eine Anmeldeseite oder ein Gateway dazwischen?</translation>
    </message>
    <message>
        <source>A proxy or load balancer at %1 answered %2. Does it allow HTTP upgrade?</source>
        <extracomment>%1 is a host name, %2 is the status line of its answer, such as &quot;502 Bad Gateway&quot;.</extracomment>
        <translation>Ein Proxy oder Lastverteiler unter %1 hat mit %2 geantwortet. Lässt er HTTP-Upgrades zu?</translation>
    </message>
    <message>
        <source>The request for an upgrade did not reach the API server behind %1: a proxy in between removed it.</source>
        <extracomment>%1 is a host name.</extracomment>
        <translation>Die Bitte um ein Upgrade hat den API-Server hinter %1 nicht erreicht: Ein Proxy dazwischen hat sie entfernt.</translation>
    </message>
    <message>
        <source>The pod has not been placed on a node yet.</source>
        <translation>Der Pod ist noch keinem Node zugeteilt.</translation>
    </message>
    <message>
        <source>The API server cannot reach the node of the pod.</source>
        <translation>Der API-Server erreicht den Node des Pods nicht.</translation>
    </message>
    <message>
        <source>The node does not know our port-forward protocol.</source>
        <translation>Der Node kennt unser Protokoll für Weiterleitungen nicht.</translation>
    </message>
    <message>
        <source>The node does not allow port forwarding at all.</source>
        <translation>Der Node erlaubt überhaupt keine Weiterleitung von Ports.</translation>
    </message>
    <message>
        <source>The node took too long to prepare the forward.</source>
        <translation>Der Node hat zu lange gebraucht, um die Weiterleitung vorzubereiten.</translation>
    </message>
    <message>
        <source>The server does not accept the request.</source>
        <translation>Der Server nimmt die Anfrage nicht an.</translation>
    </message>
    <message>
        <source>The server does not accept the credentials.</source>
        <translation>Der Server akzeptiert die Anmeldedaten nicht.</translation>
    </message>
    <message>
        <source>You are not allowed to forward ports of this pod.</source>
        <translation>Sie dürfen keine Ports dieses Pods weiterleiten.</translation>
    </message>
    <message>
        <source>The pod does not exist, or not any more.</source>
        <translation>Den Pod gibt es nicht oder nicht mehr.</translation>
    </message>
    <message>
        <source>Port forwarding is not available on this node.</source>
        <translation>Auf diesem Node gibt es keine Weiterleitung von Ports.</translation>
    </message>
    <message>
        <source>The server is too busy to take another forward.</source>
        <translation>Der Server ist zu ausgelastet für eine weitere Weiterleitung.</translation>
    </message>
    <message>
        <source>The server could not set up the forward.</source>
        <translation>Der Server konnte die Weiterleitung nicht einrichten.</translation>
    </message>
    <message>
        <source>The server answered something else than an upgrade.</source>
        <translation>Der Server hat mit etwas anderem als einem Upgrade geantwortet.</translation>
    </message>
    <message>
        <source>The server answered %1 instead of switching protocols.</source>
        <extracomment>%1 is the status line of an answer, such as &quot;200 OK&quot;.</extracomment>
        <translation>Der Server hat mit %1 geantwortet, statt das Protokoll zu wechseln.</translation>
    </message>
    <message>
        <source>The server switched to another protocol than SPDY/3.1.</source>
        <translation>Der Server hat zu einem anderen Protokoll als SPDY/3.1 gewechselt.</translation>
    </message>
    <message>
        <source>The server chose the protocol &quot;%1&quot; instead of &quot;%2&quot;.</source>
        <extracomment>%1 is what the server chose, possibly nothing; %2 is the protocol&apos;s name.</extracomment>
        <translation>Der Server hat das Protokoll „%1“ statt „%2“ gewählt.</translation>
    </message>
    <message>
        <source>Ask those who run it to let upgrades to WebSocket or SPDY/3.1 through to the API server, or use an address that leads around it.</source>
        <translation>Bitten Sie die Betreiber, Upgrades auf WebSocket oder SPDY/3.1 zum API-Server durchzulassen, oder verwenden Sie eine Adresse, die daran vorbeiführt.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Spdy</name>
    <message>
        <source>The other end sent a frame of an unknown type.</source>
        <translation>Die Gegenseite hat einen Frame von unbekannter Art gesendet.</translation>
    </message>
    <message>
        <source>The other end sent a frame of the wrong length.</source>
        <translation>Die Gegenseite hat einen Frame falscher Länge gesendet.</translation>
    </message>
    <message>
        <source>The other end sent a frame with flags that it may not have.</source>
        <translation>Die Gegenseite hat einen Frame mit unerlaubten Flags gesendet.</translation>
    </message>
    <message>
        <source>The other end sent a frame for stream 0, which cannot exist.</source>
        <translation>Die Gegenseite hat einen Frame für den Stream 0 gesendet, den es nicht geben kann.</translation>
    </message>
    <message>
        <source>The other end sent a ping with the number 0.</source>
        <translation>Die Gegenseite hat einen Ping mit der Nummer 0 gesendet.</translation>
    </message>
    <message>
        <source>The other end reset a stream with the status 0.</source>
        <translation>Die Gegenseite hat einen Stream mit dem Status 0 zurückgesetzt.</translation>
    </message>
    <message>
        <source>The other end announced a control frame that is too large.</source>
        <translation>Die Gegenseite hat einen zu großen Control-Frame angekündigt.</translation>
    </message>
    <message>
        <source>The other end sent headers that cannot be decompressed.</source>
        <translation>Die Gegenseite hat Kopfdaten gesendet, die sich nicht entpacken lassen.</translation>
    </message>
    <message>
        <source>The other end sent headers that are malformed or too large.</source>
        <translation>Die Gegenseite hat fehlerhafte oder zu große Kopfdaten gesendet.</translation>
    </message>
    <message>
        <source>The other end sent a header that is forbidden inside a stream.</source>
        <translation>Die Gegenseite hat ein Kopffeld gesendet, das in einem Stream verboten ist.</translation>
    </message>
    <message>
        <source>Too many streams were opened on one connection.</source>
        <translation>Auf einer Verbindung wurden zu viele Streams geöffnet.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Store::ContextMatch</name>
    <message>
        <source>Context &quot;%1&quot; of the profile is called &quot;%2&quot; here: it leads to the same server.</source>
        <translation>Der Kontext „%1“ des Profils heißt hier „%2“: Er führt zum selben Server.</translation>
    </message>
    <message>
        <source>Context &quot;%1&quot; leads to another server here than %2, which the profile was saved for.</source>
        <translation>Der Kontext „%1“ führt hier zu einem anderen Server als %2, für den das Profil gespeichert wurde.</translation>
    </message>
    <message>
        <source>There is no context &quot;%1&quot; here, and several lead to its server: %2. Write one of them into the profile.</source>
        <translation>Es gibt hier keinen Kontext „%1“, und mehrere führen zu seinem Server: %2. Schreiben Sie einen davon in das Profil.</translation>
    </message>
    <message>
        <source>There is no context &quot;%1&quot; here, and none leads to %2.</source>
        <translation>Es gibt hier keinen Kontext „%1“, und keiner führt zu %2.</translation>
    </message>
    <message>
        <source>its server</source>
        <translation>seinem Server</translation>
    </message>
</context>
<context>
    <name>Fairlead::Store::Foresight</name>
    <message>
        <source>Uses “%1”.</source>
        <comment>%1 name of a context</comment>
        <translation>Nimmt „%1“.</translation>
    </message>
    <message>
        <source>Uses “%1” all the same.</source>
        <comment>%1 name of a context</comment>
        <translation>Nimmt „%1“ trotzdem.</translation>
    </message>
    <message>
        <source>Context “%1” is protected.</source>
        <translation>Kontext „%1“ ist geschützt.</translation>
    </message>
    <message>
        <source>Fairlead asks before the first start there.</source>
        <translation>Fairlead fragt vor dem ersten Start dort.</translation>
    </message>
    <message>
        <source>Local port %1 is taken by forward “%2”.</source>
        <extracomment>%1 is a port number, %2 the name of a forward.</extracomment>
        <translation>Die Weiterleitung „%2“ hat den lokalen Port %1.</translation>
    </message>
    <message>
        <source>Local port %1 cannot be had: another program has it, or the system keeps it.</source>
        <extracomment>%1 is a port number, %2 a program as in &quot;java (pid 4312)&quot;.</extracomment>
        <translation>Der lokale Port %1 ist nicht zu haben: Ein anderes Programm hat ihn, oder das System behält ihn für sich.</translation>
    </message>
    <message>
        <source>Local port %1 is used by %2.</source>
        <translation>Der lokale Port %1 wird von %2 benutzt.</translation>
    </message>
    <message>
        <source>Takes any free port this time.</source>
        <translation>Nimmt diesmal irgendeinen freien Port.</translation>
    </message>
    <message>
        <source>Takes port %1 this time.</source>
        <translation>Nimmt diesmal Port %1.</translation>
    </message>
    <message>
        <source>Is not started.</source>
        <translation>Wird nicht gestartet.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Store::Profile</name>
    <message>
        <source>&quot;%1&quot; has to be a text.</source>
        <translation>„%1“ muss ein Text sein.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has to be true or false.</source>
        <translation>„%1“ muss true oder false sein.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has to be a list of texts.</source>
        <translation>„%1“ muss eine Liste von Texten sein.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has to be a list.</source>
        <translation>„%1“ muss eine Liste sein.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has to be one of these: %2.</source>
        <translation>„%1“ muss einer dieser Werte sein: %2.</translation>
    </message>
    <message>
        <source>A forward needs a target, such as &quot;service/web&quot;.</source>
        <translation>Eine Weiterleitung braucht ein Ziel, etwa „service/web“.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no target (such as &quot;service/web&quot;): %2</source>
        <translation>„%1“ ist kein Ziel (wie „service/web“): %2</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no port (such as &quot;8080:80&quot;): %2</source>
        <translation>„%1“ ist kein Port (wie „8080:80“): %2</translation>
    </message>
    <message>
        <source>A forward needs ports, such as [&quot;8080:80&quot;].</source>
        <translation>Eine Weiterleitung braucht Ports, etwa [&quot;8080:80&quot;].</translation>
    </message>
    <message>
        <source>A forward has to be a mapping with target and ports.</source>
        <translation>Eine Weiterleitung muss eine Zuordnung mit target und ports sein.</translation>
    </message>
    <message>
        <source>This is no profile of Fairlead: &quot;fairleadProfile: 1&quot; is missing.</source>
        <translation>Das ist kein Profil von Fairlead: „fairleadProfile: 1“ fehlt.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no version of a profile.</source>
        <translation>„%1“ ist keine Version eines Profils.</translation>
    </message>
    <message>
        <source>This profile has the format %1; this version of Fairlead knows formats up to %2. A newer Fairlead can read it.</source>
        <translation>Dieses Profil hat das Format %1; diese Version von Fairlead kennt Formate bis %2. Ein neueres Fairlead kann es lesen.</translation>
    </message>
    <message>
        <source>The file is larger than 4 MiB; this is no profile.</source>
        <translation>Die Datei ist größer als 4 MiB; das ist kein Profil.</translation>
    </message>
    <message>
        <source>This is no YAML: %1</source>
        <translation>Das ist kein YAML: %1</translation>
    </message>
    <message>
        <source>This is no profile of Fairlead.</source>
        <translation>Das ist kein Profil von Fairlead.</translation>
    </message>
    <message>
        <source>A profile needs a name.</source>
        <translation>Ein Profil braucht einen Namen.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Store::ProfileFile</name>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>%1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>%1 could not be written: %2. What was there before is unchanged.</source>
        <translation>%1 konnte nicht geschrieben werden: %2. Was vorher dort war, ist unverändert.</translation>
    </message>
    <message>
        <source>its folder cannot be made</source>
        <translation>der Ordner lässt sich nicht anlegen</translation>
    </message>
    <message>
        <source>another program is writing it</source>
        <translation>ein anderes Programm schreibt sie gerade</translation>
    </message>
    <message>
        <source>%1 was changed by another program. Nothing was written.</source>
        <translation>%1 wurde von einem anderen Programm geändert. Es wurde nichts geschrieben.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Store::ProfileFolder</name>
    <message>
        <source>Another file has a profile named &quot;%1&quot; already.</source>
        <translation>Eine andere Datei hat schon ein Profil namens „%1“.</translation>
    </message>
    <message>
        <source>There is no profile named &quot;%1&quot;.</source>
        <translation>Es gibt kein Profil namens „%1“.</translation>
    </message>
    <message>
        <source>There is a profile named &quot;%1&quot; already.</source>
        <translation>Es gibt schon ein Profil namens „%1“.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Store::ProfileLookup</name>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1, line %2: %3</source>
        <translation>%1, Zeile %2: %3</translation>
    </message>
    <message>
        <source>%1, line %2, column %3: %4</source>
        <translation>%1, Zeile %2, Spalte %3: %4</translation>
    </message>
    <message>
        <source>There is no profile named &quot;%1&quot; in %2.</source>
        <translation>In %2 gibt es kein Profil namens „%1“.</translation>
    </message>
    <message>
        <source>There are: %1.</source>
        <translation>Es gibt: %1.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Store::SessionFile</name>
    <message>
        <source>%1 It was put aside as %2.</source>
        <translation>%1 Sie wurde als %2 beiseitegelegt.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::Actions</name>
    <message>
        <source>&amp;New forward…</source>
        <translation>&amp;Neue Weiterleitung …</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <translation>&amp;Starten</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>S&amp;toppen</translation>
    </message>
    <message>
        <source>&amp;Retry</source>
        <translation>&amp;Erneut versuchen</translation>
    </message>
    <message>
        <source>Open in &amp;browser</source>
        <translation>Im &amp;Browser öffnen</translation>
    </message>
    <message>
        <source>&amp;Copy address</source>
        <translation>Adresse &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy as &amp;kubectl command</source>
        <translation>Als kube&amp;ctl-Befehl kopieren</translation>
    </message>
    <message>
        <source>Copy as &amp;oc command</source>
        <translation>Als &amp;oc-Befehl kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;details</source>
        <translation>&amp;Details kopieren</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>Ent&amp;fernen</translation>
    </message>
    <message>
        <source>&amp;Undo remove</source>
        <translation>Entfernen &amp;rückgängig machen</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>&amp;Alle auswählen</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>&amp;Filter</translation>
    </message>
    <message>
        <source>&amp;Side bar</source>
        <translation>&amp;Seitenleiste</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>&amp;Details</translation>
    </message>
    <message>
        <source>&amp;As the system</source>
        <translation>&amp;Wie das System</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;About Fairlead</source>
        <translation>Ü&amp;ber Fairlead</translation>
    </message>
    <message>
        <source>&amp;Check connection…</source>
        <translation>&amp;Verbindung prüfen …</translation>
    </message>
    <message>
        <source>Si&amp;gn in…</source>
        <translation>An&amp;melden …</translation>
    </message>
    <message>
        <source>W&amp;hat the server takes</source>
        <translation>W&amp;as der Server annimmt</translation>
    </message>
    <message>
        <source>&amp;SPDY only</source>
        <translation>Nur &amp;SPDY</translation>
    </message>
    <message>
        <source>&amp;WebSocket only</source>
        <translation>Nur &amp;WebSocket</translation>
    </message>
    <message>
        <source>&amp;Add kubeconfig…</source>
        <translation>kubeconfig &amp;hinzufügen …</translation>
    </message>
    <message>
        <source>&amp;Paste kubeconfig…</source>
        <translation>kubeconfig &amp;einfügen …</translation>
    </message>
    <message>
        <source>&amp;Contexts…</source>
        <translation>&amp;Kontexte …</translation>
    </message>
    <message>
        <source>&amp;Preferences…</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>Propert&amp;ies…</source>
        <translation>E&amp;igenschaften …</translation>
    </message>
    <message>
        <source>&amp;Import forwards…</source>
        <translation>Weiterleitungen &amp;importieren …</translation>
    </message>
    <message>
        <source>Paste for&amp;wards</source>
        <translation>&amp;Weiterleitungen einfügen</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::CategoryModel</name>
    <message numerus="yes">
        <source>%1: %n forward(s)</source>
        <extracomment>Read aloud, an entry of the side bar: %1 is its name, then the number of forwards in it.</extracomment>
        <translation>
            <numerusform>%1: %n Weiterleitung</numerusform>
            <numerusform>%1: %n Weiterleitungen</numerusform>
        </translation>
    </message>
    <message>
        <source>Contexts</source>
        <translation>Kontexte</translation>
    </message>
    <message>
        <source>All</source>
        <comment>all forwards</comment>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Running</source>
        <comment>forwards that run</comment>
        <translation>Laufend</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>Handlungsbedarf</translation>
    </message>
    <message>
        <source>Stopped</source>
        <comment>forwards that are stopped</comment>
        <translation>Gestoppt</translation>
    </message>
    <message>
        <source>From: %1</source>
        <comment>path of a kubeconfig file</comment>
        <translation>Aus: %1</translation>
    </message>
    <message>
        <source>Protected: Fairlead asks before the first start there.</source>
        <translation>Geschützt: Vor dem ersten Start dort fragt Fairlead nach.</translation>
    </message>
    <message>
        <source>%1/%2</source>
        <extracomment>Forwards of a profile: %1 run, of %2.</extracomment>
        <translation>%1/%2</translation>
    </message>
    <message numerus="yes">
        <source>Profile %1: %2 of %n forward(s) run</source>
        <extracomment>Read aloud, a profile in the side bar: %1 is its name, %2 how many of its forwards run.</extracomment>
        <translation>
            <numerusform>Profil %1: %2 von %n Weiterleitung läuft</numerusform>
            <numerusform>Profil %1: %2 von %n Weiterleitungen laufen</numerusform>
        </translation>
    </message>
    <message>
        <source>Double click or Enter starts it. Forwards can be dropped here.</source>
        <translation>Doppelklick oder Eingabe startet es. Weiterleitungen lassen sich hier ablegen.</translation>
    </message>
    <message>
        <source>Profiles</source>
        <translation>Profile</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::CheckDialog</name>
    <message>
        <source>good</source>
        <comment>outcome of a step</comment>
        <translation>gut</translation>
    </message>
    <message>
        <source>warning</source>
        <comment>outcome of a step</comment>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>bad</source>
        <comment>outcome of a step</comment>
        <translation>schlecht</translation>
    </message>
    <message>
        <source>skipped</source>
        <comment>outcome of a step</comment>
        <translation>übersprungen</translation>
    </message>
    <message>
        <source>Check &amp;again</source>
        <translation>&amp;Erneut prüfen</translation>
    </message>
    <message>
        <source>&amp;Copy report</source>
        <translation>Bericht &amp;kopieren</translation>
    </message>
    <message>
        <source>Check connection</source>
        <translation>Verbindung prüfen</translation>
    </message>
    <message>
        <source>pod/NAME, service/NAME … (optional)</source>
        <translation>pod/NAME, service/NAME … (optional)</translation>
    </message>
    <message>
        <source>first</source>
        <translation>erster</translation>
    </message>
    <message>
        <source>Conte&amp;xt</source>
        <translation>Konte&amp;xt</translation>
    </message>
    <message>
        <source>&amp;Namespace</source>
        <translation>&amp;Namespace</translation>
    </message>
    <message>
        <source>&amp;Target</source>
        <translation>&amp;Ziel</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>&amp;Port</translation>
    </message>
    <message>
        <source>What the steps found</source>
        <translation>Was die Schritte ergaben</translation>
    </message>
    <message>
        <source>the context&apos;s</source>
        <comment>namespace</comment>
        <translation>der des Kontexts</translation>
    </message>
    <message>
        <source>%1…</source>
        <comment>the step under way, such as TLS</comment>
        <translation>%1 …</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <comment>how long a step took</comment>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>Everything that was tried works.</source>
        <translation>Alles, was versucht wurde, funktioniert.</translation>
    </message>
    <message>
        <source>Something is in the way; see above.</source>
        <translation>Etwas steht im Weg; siehe oben.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::CloseQuestion</name>
    <message>
        <source>Close Fairlead</source>
        <translation>Fairlead schließen</translation>
    </message>
    <message numerus="yes">
        <source>%n forward(s) will stop</source>
        <translation>
            <numerusform>%n Weiterleitung wird gestoppt</numerusform>
            <numerusform>%n Weiterleitungen werden gestoppt</numerusform>
        </translation>
    </message>
    <message>
        <source>Closing the window ends their connections and frees the local ports.</source>
        <translation>Das Schließen des Fensters beendet ihre Verbindungen und gibt die lokalen Ports frei.</translation>
    </message>
    <message>
        <source>They can go on without the window. The icon in the system tray brings it back. Quitting ends their connections and frees the local ports.</source>
        <translation>Sie können ohne das Fenster weiterlaufen. Das Symbol in der Kontrollleiste holt es zurück. Beenden trennt ihre Verbindungen und gibt die lokalen Ports frei.</translation>
    </message>
    <message>
        <source>They can go on without the window. Starting Fairlead again brings it back. Quitting ends their connections and frees the local ports.</source>
        <translation>Sie können ohne das Fenster weiterlaufen. Wer Fairlead noch einmal startet, holt es zurück. Beenden trennt ihre Verbindungen und gibt die lokalen Ports frei.</translation>
    </message>
    <message>
        <source>Do not ask &amp;again</source>
        <translation>&amp;Nicht mehr fragen</translation>
    </message>
    <message numerus="yes">
        <source>%n forward(s) are running</source>
        <translation>
            <numerusform>%n Weiterleitung läuft</numerusform>
            <numerusform>%n Weiterleitungen laufen</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Keep running</source>
        <translation>&amp;Weiterlaufen lassen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Stop and close</source>
        <translation>&amp;Stoppen und schließen</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::CommandLine</name>
    <message>
        <source>The same on the command line</source>
        <translation>Dasselbe auf der Befehlszeile</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ConflictsDialog</name>
    <message>
        <source>Before the start</source>
        <translation>Vor dem Start</translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) stand in the way</source>
        <extracomment>%1 is the name of a profile.</extracomment>
        <translation>
            <numerusform>%n Hindernis vor dem Start</numerusform>
            <numerusform>%n Hindernisse vor dem Start</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) stand in the way of “%1”</source>
        <translation>
            <numerusform>%n Hindernis vor dem Start von „%1“</numerusform>
            <numerusform>%n Hindernisse vor dem Start von „%1“</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n forward(s) are to start. What is chosen here counts for this start; no profile is changed.</source>
        <translation>
            <numerusform>%n Weiterleitung soll starten. Was Sie hier wählen, gilt nur für diesen Start; das Profil bleibt, wie es ist.</numerusform>
            <numerusform>%n Weiterleitungen sollen starten. Was Sie hier wählen, gilt nur für diesen Start; das Profil bleibt, wie es ist.</numerusform>
        </translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>What Fairlead does about it</source>
        <translation>Was Fairlead dagegen tut</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ConnectionsModel</name>
    <message>
        <source>Open</source>
        <comment>a connection that still runs</comment>
        <translation>Offen</translation>
    </message>
    <message>
        <source>Closed by the program</source>
        <translation>Vom Programm geschlossen</translation>
    </message>
    <message>
        <source>Closed by the pod</source>
        <translation>Vom Pod geschlossen</translation>
    </message>
    <message>
        <source>Reset by the program</source>
        <translation>Vom Programm zurückgesetzt</translation>
    </message>
    <message>
        <source>Reset by the pod</source>
        <translation>Vom Pod zurückgesetzt</translation>
    </message>
    <message>
        <source>Refused: nothing listens on port %1 in the pod</source>
        <translation>Abgelehnt: Im Pod lauscht nichts auf Port %1</translation>
    </message>
    <message>
        <source>The pod is gone</source>
        <translation>Der Pod ist weg</translation>
    </message>
    <message>
        <source>The connection to the cluster broke</source>
        <translation>Die Verbindung zum Cluster ist abgebrochen</translation>
    </message>
    <message>
        <source>The cluster could not be reached</source>
        <translation>Der Cluster war nicht erreichbar</translation>
    </message>
    <message>
        <source>The pod&apos;s side reported an error</source>
        <translation>Die Seite des Pods hat einen Fehler gemeldet</translation>
    </message>
    <message>
        <source>The forward was stopped</source>
        <translation>Die Weiterleitung wurde gestoppt</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <extracomment>The ports of a connection: %1 on this computer, %2 in the pod.</extracomment>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>%1, after %2</source>
        <extracomment>How a connection ended: %1 is a phrase (&quot;Closed by the pod&quot;), %2 how long it had lived.</extracomment>
        <translation>%1, nach %2</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Ende</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ConnectionsView</name>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>The connections of the selected forward, newest first.</source>
        <translation>Die Verbindungen der ausgewählten Weiterleitung, die neueste zuerst.</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>Zeilen kopieren</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ContextBar</name>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>&amp;Context</source>
        <translation>&amp;Kontext</translation>
    </message>
    <message>
        <source>&amp;Namespace</source>
        <translation>&amp;Namespace</translation>
    </message>
    <message>
        <source>All namespaces</source>
        <translation>Alle Namespaces</translation>
    </message>
    <message>
        <source>Pro&amp;ject</source>
        <translation>Pro&amp;jekt</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>You may not list namespaces here. These are the projects that you may see; another one can be typed.</source>
        <translation>Sie dürfen hier keine Namespaces auflisten. Dies sind die Projekte, die Sie sehen dürfen; ein anderes lässt sich eintippen.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ContextList</name>
    <message>
        <source>Filter contexts…</source>
        <translation>Kontexte filtern …</translation>
    </message>
    <message>
        <source>Filter contexts</source>
        <translation>Kontexte filtern</translation>
    </message>
    <message>
        <source>Contexts</source>
        <translation>Kontexte</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ContextMapping</name>
    <message>
        <source>Context “%1” is not here; take:</source>
        <extracomment>%1 is the name of a context.</extracomment>
        <translation>Kontext „%1“ gibt es hier nicht; stattdessen:</translation>
    </message>
    <message>
        <source>none: they cannot run before there is one</source>
        <translation>keinen: Sie können erst laufen, wenn es einen gibt</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ContextsDialog</name>
    <message>
        <source>&amp;Protected: ask before the first start</source>
        <translation>&amp;Geschützt: vor dem ersten Start nachfragen</translation>
    </message>
    <message>
        <source>Contexts</source>
        <translation>Kontexte</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Once in a run of the program, with the name and the server of the context</source>
        <translation>Einmal je Programmlauf, mit Namen und Server des Kontexts</translation>
    </message>
    <message>
        <source>&amp;Colour</source>
        <translation>&amp;Farbe</translation>
    </message>
    <message>
        <source>&amp;Add kubeconfig…</source>
        <translation>kubeconfig &amp;hinzufügen …</translation>
    </message>
    <message>
        <source>Pa&amp;ste kubeconfig…</source>
        <translation>kubeconfig ei&amp;nfügen …</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ContextsModel</name>
    <message>
        <source>User: %1</source>
        <translation>Benutzer: %1</translation>
    </message>
    <message>
        <source>Namespace: %1</source>
        <translation>Namespace: %1</translation>
    </message>
    <message>
        <source>From: %1</source>
        <comment>path of a kubeconfig file</comment>
        <translation>Aus: %1</translation>
    </message>
    <message>
        <source>Protected: Fairlead asks before the first start there.</source>
        <translation>Geschützt: Vor dem ersten Start dort fragt Fairlead nach.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::CopyLine</name>
    <message>
        <source>Copy the command</source>
        <translation>Befehl kopieren</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::Describe</name>
    <message>
        <source>any free port</source>
        <translation>irgendein freier Port</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <extracomment>One port of a forward: %1 is the local address, %2 the port in the pod.</extracomment>
        <translation>%1 → %2</translation>
    </message>
    <message numerus="yes">
        <source>next try in %n second(s)</source>
        <translation>
            <numerusform>nächster Versuch in %n Sekunde</numerusform>
            <numerusform>nächster Versuch in %n Sekunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 · next try in %n second(s)</source>
        <extracomment>Small print under a state: %1 is the reason, a sentence.</extracomment>
        <translation>
            <numerusform>%1 · nächster Versuch in %n Sekunde</numerusform>
            <numerusform>%1 · nächster Versuch in %n Sekunden</numerusform>
        </translation>
    </message>
    <message>
        <source>Since %1</source>
        <extracomment>%1 is a time of day.</extracomment>
        <translation>Seit %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <extracomment>Connections of a forward: %1 are open now, %2 were opened since it was added.</extracomment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>open to other machines</source>
        <translation>für andere Rechner erreichbar</translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) held meanwhile.</source>
        <translation>
            <numerusform>%n Verbindung wartet solange.</numerusform>
            <numerusform>%n Verbindungen warten solange.</numerusform>
        </translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Anmelden …</translation>
    </message>
    <message>
        <source>Another port</source>
        <translation>Anderer Port</translation>
    </message>
    <message>
        <source>taken on %1</source>
        <extracomment>%1 is a local address where another program listens on the port of this forward.</extracomment>
        <translation>belegt auf %1</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::DetailsPanel</name>
    <message>
        <source>Details of the selected forward</source>
        <translation>Details der ausgewählten Weiterleitung</translation>
    </message>
    <message>
        <source>Kinds of details</source>
        <translation>Arten von Details</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Select a forward to see its connections, its log and its details.</source>
        <translation>Wählen Sie eine Weiterleitung aus, um ihre Verbindungen, ihr Protokoll und ihre Details zu sehen.</translation>
    </message>
    <message numerus="yes">
        <source>%n forward(s) selected</source>
        <translation>
            <numerusform>%n Weiterleitung ausgewählt</numerusform>
            <numerusform>%n Weiterleitungen ausgewählt</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · ↓ %2 ↑ %3</source>
        <extracomment>Above the details: %1 is the forward&apos;s name, %2 and %3 what it received and sent so far.</extracomment>
        <translation>%1 · ↓ %2 ↑ %3</translation>
    </message>
    <message>
        <source>No connections yet</source>
        <translation>Noch keine Verbindungen</translation>
    </message>
    <message>
        <source>The forward does not run, so no program can connect.</source>
        <translation>Die Weiterleitung läuft nicht, darum kann sich kein Programm verbinden.</translation>
    </message>
    <message>
        <source>Programs can connect to the local port now.</source>
        <translation>Programme können sich jetzt mit dem lokalen Port verbinden.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ExportDesk</name>
    <message>
        <source>As %1…</source>
        <extracomment>Menu entry; %1 is the name of a file format.</extracomment>
        <translation>Als %1 …</translation>
    </message>
    <message>
        <source>Export profile</source>
        <translation>Profil exportieren</translation>
    </message>
    <message>
        <source>%1 could not be written.</source>
        <translation>%1 konnte nicht geschrieben werden.</translation>
    </message>
    <message numerus="yes">
        <source>%n forward(s) written to %1.</source>
        <translation>
            <numerusform>%n Weiterleitung nach %1 geschrieben.</numerusform>
            <numerusform>%n Weiterleitungen nach %1 geschrieben.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 does not hold all of profile “%2”.</source>
        <translation>%1 enthält nicht alles aus Profil „%2“.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::FactsPage</name>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>    %1 received, %2 sent, connections: %3</source>
        <extracomment>Traffic of one port: %1 bytes received, %2 bytes sent, %3 as in &quot;3 of 41&quot;.</extracomment>
        <translation>    %1 empfangen, %2 gesendet, Verbindungen: %3</translation>
    </message>
    <message>
        <source>%1 received, %2 sent</source>
        <extracomment>%1 and %2 are amounts of data with their unit.</extracomment>
        <translation>%1 empfangen, %2 gesendet</translation>
    </message>
    <message>
        <source>Details of the forward</source>
        <translation>Details der Weiterleitung</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>In the server&apos;s words</source>
        <translation>In den Worten des Servers</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Next try</source>
        <translation>Nächster Versuch</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Namespace and context</source>
        <translation>Namespace und Kontext</translation>
    </message>
    <message>
        <source>Local addresses</source>
        <translation>Lokale Adressen</translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>Datenmenge</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Umlaufzeit</translation>
    </message>
    <message>
        <source>Last activity</source>
        <translation>Letzte Aktivität</translation>
    </message>
    <message>
        <source>The same by hand</source>
        <translation>Dasselbe von Hand</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Details kopieren</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>Pods</translation>
    </message>
    <message>
        <source>Reconnects</source>
        <translation>Wiederverbindungen</translation>
    </message>
    <message>
        <source>What helps</source>
        <translation>Was hilft</translation>
    </message>
    <message>
        <source>Carried by</source>
        <translation>Übertragen über</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Opens in the browser</source>
        <translation>Öffnet im Browser</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::FactsText</name>
    <message>
        <source>Port: %1 → %2</source>
        <extracomment>A listening address: %1 is &quot;127.0.0.1:8080&quot;, %2 the port in the pod.</extracomment>
        <translation>Port: %1 → %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>A line of a list of facts: %1 is the label, %2 the value.</extracomment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>In the server&apos;s words</source>
        <translation>In den Worten des Servers</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Umlaufzeit</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>Pods</translation>
    </message>
    <message>
        <source>Reconnects</source>
        <translation>Wiederverbindungen</translation>
    </message>
    <message>
        <source>What helps</source>
        <translation>Was hilft</translation>
    </message>
    <message>
        <source>Carried by</source>
        <translation>Übertragen über</translation>
    </message>
    <message>
        <source>Kubeconfig</source>
        <translation>kubeconfig</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Schlagwörter</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::FileList</name>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Added kubeconfig files</source>
        <translation>Hinzugefügte kubeconfig-Dateien</translation>
    </message>
    <message>
        <source>Added kubeconfig &amp;files</source>
        <translation>Hinzugefügte kubeconfig-&amp;Dateien</translation>
    </message>
    <message>
        <source>Pasted: %1</source>
        <extracomment>A kubeconfig that was pasted: %1 is the path of the file that keeps it.</extracomment>
        <translation>Eingefügt: %1</translation>
    </message>
    <message>
        <source>Remove kubeconfig</source>
        <translation>kubeconfig entfernen</translation>
    </message>
    <message>
        <source>Delete the pasted kubeconfig “%1”?</source>
        <translation>Die eingefügte kubeconfig „%1“ löschen?</translation>
    </message>
    <message>
        <source>Its text is kept nowhere else.</source>
        <translation>Ihr Text ist sonst nirgends gespeichert.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::FollowBox</name>
    <message>
        <source>Lead to</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>This pod as long as it lives, then its successor</source>
        <translation>Dieser Pod, solange es ihn gibt, danach sein Nachfolger</translation>
    </message>
    <message>
        <source>%1, any ready pod</source>
        <comment>target</comment>
        <translation>%1, irgendein bereiter Pod</translation>
    </message>
    <message>
        <source>The best pod, and another one as soon as that is not ready</source>
        <translation>Der beste Pod, und ein anderer, sobald der nicht mehr bereit ist</translation>
    </message>
    <message>
        <source>%1, pods in turn</source>
        <comment>target</comment>
        <translation>%1, Pods der Reihe nach</translation>
    </message>
    <message>
        <source>Each connection goes to the next ready pod</source>
        <translation>Jede Verbindung geht an den nächsten bereiten Pod</translation>
    </message>
    <message>
        <source>This pod only</source>
        <translation>Nur dieser Pod</translation>
    </message>
    <message>
        <source>Waits for a pod of the same name when this one is gone</source>
        <translation>Wartet auf einen Pod gleichen Namens, wenn es diesen nicht mehr gibt</translation>
    </message>
    <message>
        <source>One of its pods as long as it lives, then another</source>
        <translation>Einer seiner Pods, solange er lebt, danach ein anderer</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::Format</name>
    <message>
        <source>%1 B</source>
        <extracomment>An amount of data below 1024 bytes; %1 is the number. &quot;B&quot; is the unit byte.</extracomment>
        <translation>%1 B</translation>
    </message>
    <message>
        <source>%1/s</source>
        <extracomment>A data rate; %1 is an amount with its unit, as in &quot;1.2 MiB/s&quot;.</extracomment>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <extracomment>A time in milliseconds; %1 is the number.</extracomment>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <extracomment>A time in seconds; %1 is the number.</extracomment>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <extracomment>A time: %1 minutes, %2 seconds.</extracomment>
        <translation>%1 min %2 s</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <extracomment>A time: %1 hours, %2 minutes.</extracomment>
        <translation>%1 h %2 min</translation>
    </message>
    <message>
        <source>HH:mm:ss</source>
        <extracomment>A time of day with seconds, in Qt&apos;s format letters.</extracomment>
        <translation>HH:mm:ss</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>A moment: %1 is the date, %2 the time of day.</extracomment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>&lt; 1 ms</source>
        <translation>&lt; 1 ms</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ForwardCommands</name>
    <message>
        <source>Removed “%1”.</source>
        <extracomment>%1 is the name of a forward.</extracomment>
        <translation>„%1“ entfernt.</translation>
    </message>
    <message numerus="yes">
        <source>Removed %n forward(s).</source>
        <translation>
            <numerusform>%n Weiterleitung entfernt.</numerusform>
            <numerusform>%n Weiterleitungen entfernt.</numerusform>
        </translation>
    </message>
    <message>
        <source>No browser could be started for %1.</source>
        <extracomment>%1 is an address.</extracomment>
        <translation>Für %1 ließ sich kein Browser starten.</translation>
    </message>
    <message>
        <source>Copied %1.</source>
        <extracomment>%1 is an address such as 127.0.0.1:8080.</extracomment>
        <translation>%1 kopiert.</translation>
    </message>
    <message numerus="yes">
        <source>Copied %n address(es).</source>
        <translation>
            <numerusform>%n Adresse kopiert.</numerusform>
            <numerusform>%n Adressen kopiert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copied %n %1 command(s).</source>
        <extracomment>%1 is the name of a program, kubectl or oc.</extracomment>
        <translation>
            <numerusform>%n %1-Befehl kopiert.</numerusform>
            <numerusform>%n %1-Befehle kopiert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copied the details of %n forward(s).</source>
        <translation>
            <numerusform>Details von %n Weiterleitung kopiert.</numerusform>
            <numerusform>Details von %n Weiterleitungen kopiert.</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” is no address for a browser.</source>
        <extracomment>%1 is what somebody wrote down as the address to open.</extracomment>
        <translation>„%1“ ist keine Adresse für einen Browser.</translation>
    </message>
    <message>
        <source>any free port</source>
        <translation>irgendein freier Port</translation>
    </message>
    <message>
        <source>“%1” uses local port %2 from now on.</source>
        <extracomment>%1 is the name of a forward, %2 its local ports.</extracomment>
        <translation>„%1“ benutzt ab jetzt den lokalen Port %2.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ForwardsModel</name>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>Lokal</translation>
    </message>
    <message>
        <source>Down</source>
        <comment>rate from the pod to the program, column title</comment>
        <translation>Empfang</translation>
    </message>
    <message>
        <source>Up</source>
        <comment>rate from the program to the pod, column title</comment>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Umlaufzeit</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>Empfangen</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Pod</source>
        <translation>Pod</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>Last activity</source>
        <translation>Letzte Aktivität</translation>
    </message>
    <message>
        <source>Last error</source>
        <translation>Letzter Fehler</translation>
    </message>
    <message>
        <source>Click copies the address.</source>
        <translation>Ein Klick kopiert die Adresse.</translation>
    </message>
    <message>
        <source>Received since it was added: %1</source>
        <translation>Empfangen, seit sie hinzugefügt wurde: %1</translation>
    </message>
    <message>
        <source>Sent since it was added: %1</source>
        <translation>Gesendet, seit sie hinzugefügt wurde: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>Read aloud: %1 is a state (&quot;Reconnecting&quot;), %2 its reason.</extracomment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <extracomment>Read aloud: %1 is a pod with its ports, %2 its namespace and context.</extracomment>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>nothing received now</source>
        <translation>im Moment nichts empfangen</translation>
    </message>
    <message>
        <source>%1 received</source>
        <translation>%1 empfangen</translation>
    </message>
    <message>
        <source>nothing sent now</source>
        <translation>im Moment nichts gesendet</translation>
    </message>
    <message>
        <source>%1 sent</source>
        <translation>%1 gesendet</translation>
    </message>
    <message>
        <source>no connections</source>
        <translation>keine Verbindungen</translation>
    </message>
    <message>
        <source>Reconnects</source>
        <comment>how often a forward has come back, column title</comment>
        <translation>Wiederverbindungen</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ForwardsPage</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>No clusters found</source>
        <extracomment>%1 is a list of files.</extracomment>
        <translation>Keine Cluster gefunden</translation>
    </message>
    <message>
        <source>Fairlead looked in %1.</source>
        <translation>Fairlead hat hier gesucht: %1.</translation>
    </message>
    <message>
        <source>No forwards yet</source>
        <translation>Noch keine Weiterleitungen</translation>
    </message>
    <message>
        <source>New forward</source>
        <translation>Neue Weiterleitung</translation>
    </message>
    <message>
        <source>No forward here now</source>
        <translation>Hier ist gerade keine Weiterleitung</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>Alle zeigen</translation>
    </message>
    <message>
        <source>No forward matches “%1”</source>
        <extracomment>%1 is what was typed into the filter.</extracomment>
        <translation>Keine Weiterleitung passt zu „%1“</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>Add kubeconfig…</source>
        <translation>kubeconfig hinzufügen …</translation>
    </message>
    <message>
        <source>Pick a pod and one of its ports, and it can be reached on this computer. Forwards of other tools can be pasted or dropped here.</source>
        <translation>Wählen Sie einen Pod und einen seiner Ports; er ist dann auf diesem Rechner erreichbar. Weiterleitungen anderer Programme lassen sich hier einfügen oder ablegen.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ForwardsView</name>
    <message>
        <source>Forwards</source>
        <translation>Weiterleitungen</translation>
    </message>
    <message>
        <source>One row a forward, with its state, addresses and data rates.</source>
        <translation>Eine Zeile je Weiterleitung, mit Zustand, Adressen und Datenraten.</translation>
    </message>
    <message>
        <source>Columns of the forwards table</source>
        <translation>Spalten der Tabelle der Weiterleitungen</translation>
    </message>
    <message numerus="yes">
        <source>%n forward(s)</source>
        <translation>
            <numerusform>%n Weiterleitung</numerusform>
            <numerusform>%n Weiterleitungen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ImportDesk</name>
    <message>
        <source>Import forwards</source>
        <extracomment>Title of a window; %1 is the name of a file.</extracomment>
        <translation>Weiterleitungen importieren</translation>
    </message>
    <message>
        <source>The text</source>
        <comment>that was pasted or dropped</comment>
        <translation>Der Text</translation>
    </message>
    <message>
        <source>%1: no forwards could be read.</source>
        <extracomment>%1 is a file or &quot;The text&quot;.</extracomment>
        <translation>%1: Es ließen sich keine Weiterleitungen lesen.</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
    <message numerus="yes">
        <source>%n forward(s) imported, stopped.</source>
        <translation>
            <numerusform>%n Weiterleitung importiert, noch gestoppt.</numerusform>
            <numerusform>%n Weiterleitungen importiert, noch gestoppt.</numerusform>
        </translation>
    </message>
    <message>
        <source>Import forwards: %1</source>
        <translation>Weiterleitungen importieren: %1</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ImportDialog</name>
    <message>
        <source>Into the &amp;window, stopped</source>
        <translation>Ins &amp;Fenster, gestoppt</translation>
    </message>
    <message>
        <source>Into the &amp;profile:</source>
        <translation>Ins &amp;Profil:</translation>
    </message>
    <message>
        <source>Import forwards</source>
        <translation>Weiterleitungen importieren</translation>
    </message>
    <message>
        <source>Forwards of the file</source>
        <translation>Weiterleitungen der Datei</translation>
    </message>
    <message numerus="yes">
        <source>%n can be taken as it is</source>
        <translation>
            <numerusform>%n unverändert</numerusform>
            <numerusform>%n unverändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with changes</source>
        <translation>
            <numerusform>%n mit Änderungen</numerusform>
            <numerusform>%n mit Änderungen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not at all</source>
        <translation>
            <numerusform>%n nicht übernehmbar</numerusform>
            <numerusform>%n nicht übernehmbar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1: of %n forward(s), %2.</source>
        <extracomment>%1 is the name of a file format, %2 what can be done with its forwards.</extracomment>
        <translation>
            <numerusform>%1: %n Weiterleitung, davon %2.</numerusform>
            <numerusform>%1: %n Weiterleitungen, davon %2.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is started.</source>
        <translation>Es wird nichts gestartet.</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Name of the profile</source>
        <translation>Name des Profils</translation>
    </message>
    <message numerus="yes">
        <source>Import %n forward(s)</source>
        <translation>
            <numerusform>%n Weiterleitung importieren</numerusform>
            <numerusform>%n Weiterleitungen importieren</numerusform>
        </translation>
    </message>
    <message>
        <source>There is a profile of this name; what it does not have yet is added to it.</source>
        <translation>Ein Profil dieses Namens gibt es schon; was es noch nicht hat, kommt dazu.</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <extracomment>%1 is a line number, %2 what becomes of what stands there.</extracomment>
        <translation>Zeile %1: %2</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ImportModel</name>
    <message>
        <source>Imported</source>
        <translation>Importiert</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>Übersprungen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>A row of an import: %1 is &quot;Changed&quot; or &quot;Skipped&quot;, %2 says why.</extracomment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>the current one</source>
        <comment>of contexts</comment>
        <translation>der aktuelle</translation>
    </message>
    <message>
        <source>Line %1</source>
        <translation>Zeile %1</translation>
    </message>
    <message>
        <source>Not known here: %1</source>
        <translation>Hier unbekannt: %1</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Weiterleitung</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>Lokal</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>Kontext</translation>
    </message>
    <message>
        <source>What becomes of it</source>
        <translation>Was daraus wird</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::InlineMessage</name>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>Diese Meldung ausblenden</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::KubeconfigIntake</name>
    <message>
        <source>Add kubeconfig</source>
        <translation>kubeconfig hinzufügen</translation>
    </message>
    <message numerus="yes">
        <source>Added %n context(s): %1</source>
        <extracomment>%1 is a list of names of contexts.</extracomment>
        <translation>
            <numerusform>%n Kontext hinzugefügt: %1</numerusform>
            <numerusform>%n Kontexte hinzugefügt: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ListenBox</name>
    <message>
        <source>Listen on</source>
        <translation>Lauschen auf</translation>
    </message>
    <message>
        <source>This computer only</source>
        <translation>Nur dieser Computer</translation>
    </message>
    <message>
        <source>All interfaces</source>
        <translation>Alle Schnittstellen</translation>
    </message>
    <message>
        <source>Other address…</source>
        <translation>Andere Adresse …</translation>
    </message>
    <message>
        <source>IP address</source>
        <translation>IP-Adresse</translation>
    </message>
    <message>
        <source>IP address to listen on</source>
        <translation>IP-Adresse, auf der gelauscht wird</translation>
    </message>
    <message>
        <source>Everyone who can reach this computer can use this forward, with your rights.</source>
        <translation>Jeder, der diesen Computer erreicht, kann diese Weiterleitung benutzen, mit Ihren Rechten.</translation>
    </message>
    <message>
        <source>Others can connect</source>
        <translation>Andere können sich verbinden</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::LocalPortsBox</name>
    <message>
        <source>its number</source>
        <comment>of a port that is known by name</comment>
        <translation>seine Nummer</translation>
    </message>
    <message>
        <source>Local port for port %1</source>
        <extracomment>%1 is a port in the pod, a number or a name.</extracomment>
        <translation>Lokaler Port für Port %1</translation>
    </message>
    <message>
        <source>Empty: the same number as in the pod; 0: any free port.</source>
        <translation>Leer: dieselbe Nummer wie im Pod; 0: irgendein freier Port.</translation>
    </message>
    <message>
        <source>A port is a number up to 65535.</source>
        <translation>Ein Port ist eine Zahl bis 65535.</translation>
    </message>
    <message>
        <source>Local port %1 is there twice.</source>
        <translation>Der lokale Port %1 kommt zweimal vor.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::LogView</name>
    <message>
        <source>Warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>Log of the forward</source>
        <translation>Protokoll der Weiterleitung</translation>
    </message>
    <message>
        <source>Nothing has been logged yet.</source>
        <translation>Noch ist nichts protokolliert.</translation>
    </message>
    <message>
        <source>Copy the whole log</source>
        <translation>Ganzes Protokoll kopieren</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::MainWindow</name>
    <message>
        <source>About Fairlead</source>
        <translation>Über Fairlead</translation>
    </message>
    <message>
        <source>Fairlead %1</source>
        <extracomment>%1 is a version number.</extracomment>
        <translation>Fairlead %1</translation>
    </message>
    <message>
        <source>Guides TCP connections from this computer into Kubernetes and OKD pods. Free software under the Apache License 2.0.</source>
        <translation>Führt TCP-Verbindungen von diesem Computer in Pods von Kubernetes und OKD. Freie Software unter der Apache-Lizenz 2.0.</translation>
    </message>
    <message>
        <source>Forwards take this at their next start.</source>
        <translation>Weiterleitungen übernehmen das beim nächsten Start.</translation>
    </message>
    <message>
        <source>Add to &amp;profile</source>
        <translation>In &amp;Profil aufnehmen</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::PasteDialog</name>
    <message>
        <source>Paste kubeconfig</source>
        <translation>kubeconfig einfügen</translation>
    </message>
    <message>
        <source>The text is kept in a file of its own that only you can read. Nothing is written to your other kubeconfig files.</source>
        <translation>Der Text wird in einer eigenen Datei aufbewahrt, die nur Sie lesen können. Ihre anderen kubeconfig-Dateien bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>Text of the kubeconfig</source>
        <translation>Text der kubeconfig</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::PickerDialog</name>
    <message>
        <source>New forward</source>
        <translation>Neue Weiterleitung</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::PickerForm</name>
    <message>
        <source>Forward</source>
        <translation>Weiterleiten</translation>
    </message>
    <message>
        <source>&amp;Listen on</source>
        <translation>&amp;Lauschen auf</translation>
    </message>
    <message>
        <source>Na&amp;me</source>
        <translation>Na&amp;me</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>No clusters found</source>
        <translation>Keine Cluster gefunden</translation>
    </message>
    <message>
        <source>Fairlead looked in KUBECONFIG and in ~/.kube/config.</source>
        <translation>Fairlead hat in KUBECONFIG und in ~/.kube/config gesucht.</translation>
    </message>
    <message>
        <source>This context cannot be used</source>
        <translation>Dieser Kontext ist nicht verwendbar</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>%1 Fairlead keeps trying.</source>
        <comment>a sentence</comment>
        <translation>%1 Fairlead versucht es weiter.</translation>
    </message>
    <message>
        <source>The pods could not be listed</source>
        <translation>Die Pods konnten nicht aufgelistet werden</translation>
    </message>
    <message>
        <source>Lead &amp;to</source>
        <translation>&amp;Ziel</translation>
    </message>
    <message>
        <source>What to forward</source>
        <translation>Was weitergeleitet wird</translation>
    </message>
    <message>
        <source>&amp;Pods</source>
        <translation>&amp;Pods</translation>
    </message>
    <message>
        <source>&amp;Services</source>
        <translation>&amp;Services</translation>
    </message>
    <message>
        <source>The services could not be listed</source>
        <translation>Die Services konnten nicht aufgelistet werden</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Anmelden …</translation>
    </message>
    <message>
        <source>Add kubeconfig…</source>
        <translation>kubeconfig hinzufügen …</translation>
    </message>
    <message>
        <source>You may list neither namespaces nor projects here: type the name of a namespace.</source>
        <translation>Sie dürfen hier weder Namespaces noch Projekte auflisten: Tippen Sie den Namen eines Namespace ein.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::PodsModel</name>
    <message>
        <source>%1, %2</source>
        <comment>pod name, status</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Pod</source>
        <translation>Pod</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Restarts</source>
        <translation>Neustarts</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Alter</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::PodsPane</name>
    <message>
        <source>Filter pods…</source>
        <translation>Pods filtern …</translation>
    </message>
    <message>
        <source>Filter pods</source>
        <translation>Pods filtern</translation>
    </message>
    <message>
        <source>Pods</source>
        <translation>Pods</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>No pod matches “%1”</source>
        <comment>what was typed</comment>
        <translation>Kein Pod passt zu „%1“</translation>
    </message>
    <message>
        <source>More pods are still being read.</source>
        <translation>Es werden noch weitere Pods gelesen.</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>Reading the pods of all namespaces…</source>
        <translation>Die Pods aller Namespaces werden gelesen …</translation>
    </message>
    <message>
        <source>Reading the pods of %1…</source>
        <comment>a namespace</comment>
        <translation>Die Pods von %1 werden gelesen …</translation>
    </message>
    <message>
        <source>No pods in any namespace</source>
        <translation>In keinem Namespace gibt es Pods</translation>
    </message>
    <message>
        <source>No pods in %1</source>
        <comment>a namespace</comment>
        <translation>Keine Pods in %1</translation>
    </message>
    <message>
        <source>A pod appears here as soon as it is created.</source>
        <translation>Ein Pod erscheint hier, sobald er angelegt ist.</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n pod(s)</source>
        <comment>matching of all</comment>
        <translation>
            <numerusform>%1 von %n Pod</numerusform>
            <numerusform>%1 von %n Pods</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n pod(s)</source>
        <comment>loaded of all</comment>
        <translation>
            <numerusform>%1 von %n Pod</numerusform>
            <numerusform>%1 von %n Pods</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pod(s)</source>
        <translation>
            <numerusform>%n Pod</numerusform>
            <numerusform>%n Pods</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · loading more…</source>
        <comment>such as: 3 of 214 pods</comment>
        <translation>%1 · weitere werden geladen …</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::PortsModel</name>
    <message>
        <source>%1: not TCP</source>
        <comment>name of a port, or its protocol</comment>
        <translation>%1: nicht TCP</translation>
    </message>
    <message>
        <source>any free</source>
        <comment>local port</comment>
        <translation>irgendein freier</translation>
    </message>
    <message>
        <source>Only TCP can be forwarded; this port speaks %1.</source>
        <translation>Nur TCP lässt sich weiterleiten; dieser Port spricht %1.</translation>
    </message>
    <message>
        <source>Ports below %1 need administrator rights on this computer.</source>
        <translation>Ports unter %1 brauchen auf diesem Computer Administratorrechte.</translation>
    </message>
    <message>
        <source>Type another local port, or 0 for any free one.</source>
        <translation>Geben Sie einen anderen lokalen Port ein, oder 0 für irgendeinen freien.</translation>
    </message>
    <message>
        <source>Declared by container %1</source>
        <translation>Vom Container %1 angegeben</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Local</source>
        <translation>Lokal</translation>
    </message>
    <message>
        <source>Another one is offered, since local port %1 is in use.</source>
        <translation>Ein anderer wird angeboten, denn der lokale Port %1 ist belegt.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::PortsPane</name>
    <message>
        <source>This pod is being deleted. A forward to it will end with it.</source>
        <translation>Dieser Pod wird gerade gelöscht. Eine Weiterleitung zu ihm endet mit ihm.</translation>
    </message>
    <message>
        <source>This pod has ended (%1): nothing listens in it any more.</source>
        <comment>status word</comment>
        <translation>Dieser Pod ist beendet (%1): In ihm lauscht nichts mehr.</translation>
    </message>
    <message>
        <source>This pod is not running yet (%1). You can forward it already; connections wait for it.</source>
        <comment>status word</comment>
        <translation>Dieser Pod läuft noch nicht (%1). Sie können ihn schon weiterleiten; Verbindungen warten auf ihn.</translation>
    </message>
    <message>
        <source>This pod runs but is not ready (%1).</source>
        <comment>status word</comment>
        <translation>Dieser Pod läuft, ist aber nicht bereit (%1).</translation>
    </message>
    <message>
        <source>belongs to %1</source>
        <comment>such as ReplicaSet/api-7f9</comment>
        <translation>gehört zu %1</translation>
    </message>
    <message>
        <source>Other port: 8080 or local:remote</source>
        <translation>Anderer Port: 8080 oder lokal:entfernt</translation>
    </message>
    <message>
        <source>Other port</source>
        <translation>Anderer Port</translation>
    </message>
    <message>
        <source>Choose a pod</source>
        <translation>Wählen Sie einen Pod</translation>
    </message>
    <message>
        <source>Its ports are listed here.</source>
        <translation>Seine Ports stehen dann hier.</translation>
    </message>
    <message>
        <source>Reading its ports…</source>
        <translation>Seine Ports werden gelesen …</translation>
    </message>
    <message>
        <source>This pod declares no ports. It may listen all the same: type one.</source>
        <translation>Dieser Pod gibt keine Ports an. Er kann trotzdem lauschen: Geben Sie einen ein.</translation>
    </message>
    <message>
        <source>Its ports could not be read; you can type one.</source>
        <translation>Seine Ports konnten nicht gelesen werden; Sie können einen eingeben.</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Ports</translation>
    </message>
    <message>
        <source>Choose a service</source>
        <translation>Einen Service wählen</translation>
    </message>
    <message>
        <source>This service declares no ports.</source>
        <translation>Dieser Service gibt keine Ports an.</translation>
    </message>
    <message>
        <source>leads to pods with %1</source>
        <comment>labels</comment>
        <translation>führt zu Pods mit %1</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source> s</source>
        <extracomment>Behind a number of seconds, with the blank in between.</extracomment>
        <translation> s</translation>
    </message>
    <message>
        <source>none</source>
        <extracomment>Instead of the number 0: no connection may wait.</extracomment>
        <translation>keine</translation>
    </message>
    <message>
        <source>A new connection &amp;waits for a tunnel at most:</source>
        <translation>Eine neue Verbindung &amp;wartet auf einen Tunnel höchstens:</translation>
    </message>
    <message>
        <source>At most this &amp;many connections of a forward wait:</source>
        <translation>&amp;So viele Verbindungen einer Weiterleitung warten höchstens:</translation>
    </message>
    <message>
        <source>While a forward has no tunnel to its pod, its local port stays open and whoever connects is held. Forwards take a change at their next start.</source>
        <translation>Solange eine Weiterleitung keinen Tunnel zu ihrem Pod hat, bleibt ihr lokaler Port offen, und wer sich verbindet, wird gehalten. Für Weiterleitungen gilt eine Änderung ab ihrem nächsten Start.</translation>
    </message>
    <message>
        <source>Connections without a tunnel</source>
        <translation>Verbindungen ohne Tunnel</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>Fragen</translation>
    </message>
    <message>
        <source>Keep them running</source>
        <translation>Sie weiterlaufen lassen</translation>
    </message>
    <message>
        <source>Stop them and quit</source>
        <translation>Sie stoppen und beenden</translation>
    </message>
    <message>
        <source>Do not come back</source>
        <translation>Kommen nicht wieder</translation>
    </message>
    <message>
        <source>Come back stopped, and can be started at once</source>
        <translation>Kommen gestoppt wieder und können gleich gestartet werden</translation>
    </message>
    <message>
        <source>Come back, and run if they ran</source>
        <translation>Kommen wieder und laufen, wenn sie liefen</translation>
    </message>
    <message>
        <source>&amp;Closing it while forwards run:</source>
        <translation>Beim S&amp;chließen, während Weiterleitungen laufen:</translation>
    </message>
    <message>
        <source>At the next start its &amp;forwards:</source>
        <translation>Bei&amp;m nächsten Start seine Weiterleitungen:</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ProblemWatch</name>
    <message>
        <source>%1: sign-in needed</source>
        <extracomment>%1 is a context.</extracomment>
        <translation>%1: Anmeldung nötig</translation>
    </message>
    <message>
        <source>%1 cannot be used</source>
        <extracomment>%1 is a context.</extracomment>
        <translation>%1 ist nicht verwendbar</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>Anmelden …</translation>
    </message>
    <message>
        <source>Contexts…</source>
        <translation>Kontexte …</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ProfileCommands</name>
    <message>
        <source>Saved as profile &quot;%1&quot;.</source>
        <translation>Als Profil „%1“ gespeichert.</translation>
    </message>
    <message>
        <source>Profile &quot;%1&quot; was not saved.</source>
        <translation>Das Profil „%1“ wurde nicht gespeichert.</translation>
    </message>
    <message>
        <source>Profile &quot;%1&quot; was not renamed.</source>
        <translation>Das Profil „%1“ wurde nicht umbenannt.</translation>
    </message>
    <message>
        <source>Profile &quot;%1&quot; was removed.</source>
        <translation>Das Profil „%1“ wurde entfernt.</translation>
    </message>
    <message>
        <source>Profile &quot;%1&quot; could not be removed.</source>
        <translation>Das Profil „%1“ konnte nicht entfernt werden.</translation>
    </message>
    <message>
        <source>The profile could not be brought back.</source>
        <translation>Das Profil konnte nicht zurückgeholt werden.</translation>
    </message>
    <message>
        <source>Profile &quot;%1&quot; was replaced.</source>
        <translation>Profil „%1“ wurde ersetzt.</translation>
    </message>
    <message>
        <source>Profile &quot;%1&quot; was not changed.</source>
        <translation>Profil „%1“ wurde nicht geändert.</translation>
    </message>
    <message numerus="yes">
        <source>%n forward(s) added to profile &quot;%1&quot;.</source>
        <translation>
            <numerusform>%n Weiterleitung in Profil „%1“ aufgenommen.</numerusform>
            <numerusform>%n Weiterleitungen in Profil „%1“ aufgenommen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Profile &quot;%1&quot; has these forwards already.</source>
        <translation>Profil „%1“ hat diese Weiterleitungen schon.</translation>
    </message>
    <message>
        <source>Profile &quot;%1&quot; was changed.</source>
        <translation>Profil „%1“ wurde geändert.</translation>
    </message>
    <message>
        <source>%1 (copy)</source>
        <extracomment>Name of a copy of a profile; %1 is the original&apos;s.</extracomment>
        <translation>%1 (Kopie)</translation>
    </message>
    <message>
        <source>%1 (copy %2)</source>
        <translation>%1 (Kopie %2)</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ProfileDesk</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>These forwards will not be there next time.</source>
        <translation>Diese Weiterleitungen werden beim nächsten Mal nicht da sein.</translation>
    </message>
    <message>
        <source>The forwards of last time could not be read.</source>
        <translation>Die Weiterleitungen vom letzten Mal konnten nicht gelesen werden.</translation>
    </message>
    <message numerus="yes">
        <source>%n forward(s) ran when Fairlead was last closed.</source>
        <translation>
            <numerusform>%n Weiterleitung lief, als Fairlead zuletzt geschlossen wurde.</numerusform>
            <numerusform>%n Weiterleitungen liefen, als Fairlead zuletzt geschlossen wurde.</numerusform>
        </translation>
    </message>
    <message>
        <source>Start them</source>
        <translation>Starten</translation>
    </message>
    <message numerus="yes">
        <source>%n forward(s) in protected contexts were not started.</source>
        <translation>
            <numerusform>%n Weiterleitung in einem geschützten Kontext wurde nicht gestartet.</numerusform>
            <numerusform>%n Weiterleitungen in geschützten Kontexten wurden nicht gestartet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Profile “%1” has %n forward(s) to start.</source>
        <extracomment>%1 is the name of a profile.</extracomment>
        <translation>
            <numerusform>Im Profil „%1“ kann %n Weiterleitung gestartet werden.</numerusform>
            <numerusform>Im Profil „%1“ können %n Weiterleitungen gestartet werden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n forward(s) that were moved here cannot run.</source>
        <translation>
            <numerusform>%n hierher geholte Weiterleitung kann nicht laufen.</numerusform>
            <numerusform>%n hierher geholte Weiterleitungen können nicht laufen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ProfileStarter</name>
    <message numerus="yes">
        <source>%n forward(s) of profile &quot;%1&quot; started.</source>
        <translation>
            <numerusform>%n Weiterleitung des Profils „%1“ gestartet.</numerusform>
            <numerusform>%n Weiterleitungen des Profils „%1“ gestartet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n forward(s) of profile &quot;%1&quot; cannot run here.</source>
        <translation>
            <numerusform>%n Weiterleitung des Profils „%1“ kann hier nicht laufen.</numerusform>
            <numerusform>%n Weiterleitungen des Profils „%1“ können hier nicht laufen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Contexts of profile &quot;%1&quot; are not what they were where it was saved.</source>
        <translation>Kontexte des Profils „%1“ sind hier andere als dort, wo es gespeichert wurde.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ProfilesMenu</name>
    <message>
        <source>Line %1: %2</source>
        <translation>Zeile %1: %2</translation>
    </message>
    <message>
        <source>&amp;Profiles</source>
        <translation>&amp;Profile</translation>
    </message>
    <message>
        <source>Somebody else has changed profile &quot;%1&quot; since it was read. Overwrite it?</source>
        <translation>Das Profil „%1“ wurde von anderer Seite geändert, seit es gelesen wurde. Überschreiben?</translation>
    </message>
    <message>
        <source>What was changed there is lost.</source>
        <translation>Was dort geändert wurde, geht verloren.</translation>
    </message>
    <message>
        <source>Overwrite</source>
        <translation>Überschreiben</translation>
    </message>
    <message>
        <source>&amp;Save forwards as profile…</source>
        <translation>Weiterleitungen als Profil &amp;speichern …</translation>
    </message>
    <message>
        <source>No profiles yet</source>
        <translation>Noch keine Profile</translation>
    </message>
    <message>
        <source>Open &amp;folder of profiles</source>
        <translation>&amp;Ordner der Profile öffnen</translation>
    </message>
    <message>
        <source>&amp;Start</source>
        <extracomment>Menu entry: adds a profile&apos;s forwards to those that are there.</extracomment>
        <translation>&amp;Starten</translation>
    </message>
    <message>
        <source>Adds its forwards to those that are here, and starts those that ran when it was saved</source>
        <translation>Fügt seine Weiterleitungen zu den vorhandenen hinzu und startet die, die beim Speichern liefen</translation>
    </message>
    <message>
        <source>S&amp;witch to it</source>
        <extracomment>Menu entry: a profile takes the place of the forwards that are there.</extracomment>
        <translation>&amp;Wechseln</translation>
    </message>
    <message>
        <source>The same, and removes the forwards that do not belong to it</source>
        <translation>Dasselbe, und entfernt die Weiterleitungen, die nicht dazugehören</translation>
    </message>
    <message>
        <source>Save forwards &amp;into it</source>
        <translation>Weiterleitungen darin s&amp;peichern</translation>
    </message>
    <message>
        <source>Replace what profile &quot;%1&quot; holds by the forwards of this window?</source>
        <translation>Den Inhalt des Profils „%1“ durch die Weiterleitungen dieses Fensters ersetzen?</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>&amp;Umbenennen …</translation>
    </message>
    <message>
        <source>Rename profile</source>
        <translation>Profil umbenennen</translation>
    </message>
    <message>
        <source>New name of profile &quot;%1&quot;:</source>
        <translation>Neuer Name des Profils „%1“:</translation>
    </message>
    <message>
        <source>Re&amp;move</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>%1 (cannot be read)</source>
        <extracomment>Menu entry: a profile whose file has an error.</extracomment>
        <translation>%1 (nicht lesbar)</translation>
    </message>
    <message>
        <source>Save forwards as profile</source>
        <translation>Weiterleitungen als Profil speichern</translation>
    </message>
    <message>
        <source>Name of the profile:</source>
        <translation>Name des Profils:</translation>
    </message>
    <message>
        <source>There is a profile &quot;%1&quot; already. Replace it?</source>
        <translation>Es gibt schon ein Profil „%1“. Ersetzen?</translation>
    </message>
    <message numerus="yes">
        <source>It holds %n forward(s) now.</source>
        <translation>
            <numerusform>Es enthält jetzt %n Weiterleitung.</numerusform>
            <numerusform>Es enthält jetzt %n Weiterleitungen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>&amp;Duplicate</source>
        <translation>&amp;Duplizieren</translation>
    </message>
    <message>
        <source>When &amp;Fairlead starts</source>
        <translation>Wenn &amp;Fairlead startet</translation>
    </message>
    <message>
        <source>&amp;Nothing</source>
        <extracomment>Menu entry: what happens with a profile when the program starts.</extracomment>
        <translation>&amp;Nichts</translation>
    </message>
    <message>
        <source>&amp;Ask whether to start it</source>
        <translation>&amp;Fragen, ob es gestartet werden soll</translation>
    </message>
    <message>
        <source>&amp;Start what ran when it was saved</source>
        <translation>&amp;Starten, was beim Speichern lief</translation>
    </message>
    <message>
        <source>The first nine start with Ctrl+1 to Ctrl+9</source>
        <translation>Die ersten neun starten mit Strg+1 bis Strg+9</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>Nach &amp;oben</translation>
    </message>
    <message>
        <source>Move d&amp;own</source>
        <translation>Nach un&amp;ten</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>E&amp;xportieren</translation>
    </message>
    <message>
        <source>&amp;New profile…</source>
        <translation>&amp;Neues Profil …</translation>
    </message>
    <message>
        <source>Add to a new profile</source>
        <translation>In ein neues Profil aufnehmen</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::PropertiesDialog</name>
    <message>
        <source>Properties of “%1”</source>
        <extracomment>Title of a window; %1 is the name of a forward.</extracomment>
        <translation>Eigenschaften von „%1“</translation>
    </message>
    <message>
        <source>separated by commas</source>
        <translation>durch Kommas getrennt</translation>
    </message>
    <message>
        <source>What “Open in browser” opens: a whole address, or a path such as /login behind the local one</source>
        <translation>Was „Im Browser öffnen“ öffnet: eine ganze Adresse oder ein Pfad wie /login hinter der lokalen</translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation>&amp;Name:</translation>
    </message>
    <message>
        <source>&amp;Tags:</source>
        <translation>&amp;Schlagwörter:</translation>
    </message>
    <message>
        <source>&amp;Colour:</source>
        <translation>&amp;Farbe:</translation>
    </message>
    <message>
        <source>Opens in the &amp;browser:</source>
        <translation>Öffnet im &amp;Browser:</translation>
    </message>
    <message>
        <source>N&amp;otes:</source>
        <translation>N&amp;otizen:</translation>
    </message>
    <message>
        <source>&amp;Local port:</source>
        <translation>&amp;Lokaler Port:</translation>
    </message>
    <message>
        <source>L&amp;isten on:</source>
        <translation>L&amp;auscht auf:</translation>
    </message>
    <message>
        <source>The forward needs an address to listen on.</source>
        <translation>Die Weiterleitung braucht eine Adresse, auf der sie lauscht.</translation>
    </message>
    <message>
        <source>A browser opens addresses that begin with http:// or https://, or a path that begins with /.</source>
        <translation>Ein Browser öffnet Adressen, die mit http:// oder https:// beginnen, oder einen Pfad, der mit / beginnt.</translation>
    </message>
    <message>
        <source>The forward runs; with another port or address it is started again, and its connections end.</source>
        <translation>Die Weiterleitung läuft; mit anderem Port oder anderer Adresse wird sie neu gestartet, und ihre Verbindungen enden.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ProtectedQuestion</name>
    <message>
        <source>Protected context</source>
        <translation>Geschützter Kontext</translation>
    </message>
    <message>
        <source>Start in “%1”?</source>
        <extracomment>%1 is the name of a context.</extracomment>
        <translation>In „%1“ starten?</translation>
    </message>
    <message numerus="yes">
        <source>Start in %n protected contexts?</source>
        <translation>
            <numerusform>In %n geschützten Kontext starten?</numerusform>
            <numerusform>In %n geschützten Kontexten starten?</numerusform>
        </translation>
    </message>
    <message>
        <source>Server: %1</source>
        <extracomment>%1 is the name of a context, %2 the address of its server.</extracomment>
        <translation>Server: %1</translation>
    </message>
    <message>
        <source>%1 at %2</source>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>It is marked as protected, so Fairlead asks once before something is started there.</source>
        <translation>Er ist als geschützt markiert, darum fragt Fairlead einmal nach, bevor dort etwas gestartet wird.</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::RowMenu</name>
    <message>
        <source>&amp;Ports</source>
        <translation>&amp;Ports</translation>
    </message>
    <message>
        <source>Open %1 in browser</source>
        <extracomment>Menu entry; %1 is an address such as 127.0.0.1:8080.</extracomment>
        <translation>%1 im Browser öffnen</translation>
    </message>
    <message>
        <source>Copy %1</source>
        <extracomment>Menu entry; %1 is an address such as 127.0.0.1:8080.</extracomment>
        <translation>%1 kopieren</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ServicesModel</name>
    <message>
        <source>Service</source>
        <translation>Service</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Ports</translation>
    </message>
    <message>
        <source>Pods with</source>
        <translation>Pods mit</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ServicesPane</name>
    <message>
        <source>Filter services…</source>
        <translation>Services filtern …</translation>
    </message>
    <message>
        <source>Filter services</source>
        <translation>Services filtern</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Services</translation>
    </message>
    <message>
        <source>No service matches “%1”</source>
        <comment>what was typed</comment>
        <translation>Kein Service passt zu „%1“</translation>
    </message>
    <message>
        <source>Clear filter</source>
        <translation>Filter leeren</translation>
    </message>
    <message>
        <source>Reading the services of all namespaces…</source>
        <translation>Die Services aller Namespaces werden gelesen …</translation>
    </message>
    <message>
        <source>Reading the services of %1…</source>
        <comment>a namespace</comment>
        <translation>Die Services von %1 werden gelesen …</translation>
    </message>
    <message>
        <source>No services in any namespace</source>
        <translation>Keine Services in irgendeinem Namespace</translation>
    </message>
    <message>
        <source>No services in %1</source>
        <comment>a namespace</comment>
        <translation>Keine Services in %1</translation>
    </message>
    <message>
        <source>A service appears here as soon as it is created.</source>
        <translation>Ein Service erscheint hier, sobald er angelegt ist.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Start or stop the selected forwards</source>
        <translation>Ausgewählte Weiterleitungen starten oder stoppen</translation>
    </message>
    <message>
        <source>Filter, from the table</source>
        <translation>Filter, aus der Tabelle heraus</translation>
    </message>
    <message>
        <source>Go to the details of the selected forward</source>
        <translation>Zu den Details der ausgewählten Weiterleitung</translation>
    </message>
    <message>
        <source>Clear the filter and go back to the table</source>
        <translation>Filter leeren und zurück zur Tabelle</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::SideBar</name>
    <message>
        <source>Side bar</source>
        <translation>Seitenleiste</translation>
    </message>
    <message>
        <source>Narrows the table to some of the forwards.</source>
        <translation>Beschränkt die Tabelle auf einen Teil der Weiterleitungen.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::SignInDialog</name>
    <message>
        <source>&amp;Hide</source>
        <translation>&amp;Verbergen</translation>
    </message>
    <message>
        <source>&amp;Send</source>
        <translation>&amp;Senden</translation>
    </message>
    <message>
        <source>The command that signs in</source>
        <translation>Der Befehl, der anmeldet</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>&amp;Erneut versuchen</translation>
    </message>
    <message>
        <source>Sign in: %1</source>
        <extracomment>Title of a window; %1 is a context.</extracomment>
        <translation>Anmelden: %1</translation>
    </message>
    <message>
        <source>What the plugin says</source>
        <translation>Was das Plugin sagt</translation>
    </message>
    <message>
        <source>If it asks for something, answer here and press Enter</source>
        <translation>Wenn es etwas fragt: hier antworten und Eingabe drücken</translation>
    </message>
    <message>
        <source>Show dots instead of what is typed, as for a password</source>
        <translation>Punkte statt des Getippten zeigen, wie bei einem Passwort</translation>
    </message>
    <message>
        <source>&amp;Answer</source>
        <translation>&amp;Antwort</translation>
    </message>
    <message>
        <source>The kubeconfig has other credentials for %1 now.</source>
        <extracomment>%1 is a context.</extracomment>
        <translation>Die kubeconfig hat jetzt andere Anmeldedaten für %1.</translation>
    </message>
    <message>
        <source>What waited for them goes on by itself.</source>
        <translation>Was darauf gewartet hat, geht von selbst weiter.</translation>
    </message>
    <message>
        <source>User %1 on %2</source>
        <extracomment>%1 is a user of the kubeconfig, %2 the server&apos;s address.</extracomment>
        <translation>Benutzer %1 auf %2</translation>
    </message>
    <message>
        <source>The sign-in plugin %1 gets the credentials.</source>
        <extracomment>%1 is the name of a program.</extracomment>
        <translation>Das Anmelde-Plugin %1 holt die Anmeldedaten.</translation>
    </message>
    <message>
        <source>The sign-in provider %1 gives the credentials.</source>
        <extracomment>%1 is an address.</extracomment>
        <translation>Der Anmeldedienst %1 gibt die Anmeldedaten.</translation>
    </message>
    <message>
        <source>The token of &quot;oc login&quot; has expired or was taken back.</source>
        <translation>Das Token von „oc login“ ist abgelaufen oder wurde zurückgezogen.</translation>
    </message>
    <message>
        <source>Run this in a terminal. When the kubeconfig has the new token, what waits for it goes on by itself.</source>
        <translation>Führen Sie das in einem Terminal aus. Sobald das neue Token in der kubeconfig steht, geht von selbst weiter, was darauf wartet.</translation>
    </message>
    <message>
        <source>The credentials of this user are in the kubeconfig. Change them there, or with the program that wrote it: what waits for them goes on by itself.</source>
        <translation>Die Anmeldedaten dieses Benutzers stehen in der kubeconfig. Ändern Sie sie dort oder mit dem Programm, das sie geschrieben hat: Was darauf wartet, geht von selbst weiter.</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>Abbre&amp;chen</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>%1 has said nothing so far.</source>
        <extracomment>%1 is the name of a program or an address.</extracomment>
        <translation>%1 hat bisher nichts gesagt.</translation>
    </message>
    <message>
        <source>What uses this context is being tried again.</source>
        <translation>Was diesen Kontext benutzt, wird erneut versucht.</translation>
    </message>
    <message>
        <source>&amp;Open %1</source>
        <extracomment>%1 is a web address.</extracomment>
        <translation>%1 ö&amp;ffnen</translation>
    </message>
    <message>
        <source>%1 has given credentials. They are good until %2.</source>
        <extracomment>%1 is the name of a program or an address, %2 a date and time.</extracomment>
        <translation>%1 hat Anmeldedaten gegeben. Sie gelten bis %2.</translation>
    </message>
    <message>
        <source>%1 has given credentials.</source>
        <extracomment>%1 is the name of a program or an address.</extracomment>
        <translation>%1 hat Anmeldedaten gegeben.</translation>
    </message>
    <message>
        <source>It seems to talk in a terminal only. Run this in one, then press “Try again” here.</source>
        <translation>Es scheint nur in einem Terminal zu sprechen. Führen Sie das in einem aus und drücken Sie dann hier „Erneut versuchen“.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::StartForesight</name>
    <message>
        <source>%1 (pid %2)</source>
        <extracomment>A program: %1 is its name, %2 the number of its process.</extracomment>
        <translation>%1 (PID %2)</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::StatusSummary</name>
    <message numerus="yes">
        <source>%n stopped</source>
        <translation>
            <numerusform>%n gestoppt</numerusform>
            <numerusform>%n gestoppt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n starting</source>
        <translation>
            <numerusform>%n startet</numerusform>
            <numerusform>%n starten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n läuft</numerusform>
            <numerusform>%n laufen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting for a pod</source>
        <translation>
            <numerusform>%n wartet auf Pod</numerusform>
            <numerusform>%n warten auf Pods</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n reconnecting</source>
        <translation>
            <numerusform>%n verbindet neu</numerusform>
            <numerusform>%n verbinden neu</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n waiting for a sign-in</source>
        <translation>
            <numerusform>%n nicht angemeldet</numerusform>
            <numerusform>%n nicht angemeldet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n fehlgeschlagen</numerusform>
            <numerusform>%n fehlgeschlagen</numerusform>
        </translation>
    </message>
    <message>
        <source>States of the forwards</source>
        <translation>Zustände der Weiterleitungen</translation>
    </message>
    <message>
        <source>Received now, by all forwards</source>
        <translation>Empfang im Moment, alle Weiterleitungen</translation>
    </message>
    <message>
        <source>Sent now, by all forwards</source>
        <translation>Senden im Moment, alle Weiterleitungen</translation>
    </message>
    <message>
        <source>No forwards</source>
        <translation>Keine Weiterleitungen</translation>
    </message>
    <message>
        <source>Nothing is running</source>
        <translation>Nichts läuft</translation>
    </message>
    <message>
        <source>↓ %1</source>
        <extracomment>The rate at which data comes in; %1 is as in &quot;1.2 MiB/s&quot;.</extracomment>
        <translation>↓ %1</translation>
    </message>
    <message>
        <source>↑ %1</source>
        <extracomment>The rate at which data goes out; %1 is as in &quot;1.2 MiB/s&quot;.</extracomment>
        <translation>↑ %1</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::TableColumns</name>
    <message>
        <source>Reset columns</source>
        <translation>Spalten zurücksetzen</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::TakeOverQuestion</name>
    <message>
        <source>It has no forwards.</source>
        <translation>Es hat keine Weiterleitungen.</translation>
    </message>
    <message numerus="yes">
        <source>%n forward(s) run.</source>
        <translation>
            <numerusform>%n Weiterleitung läuft.</numerusform>
            <numerusform>%n Weiterleitungen laufen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) are open.</source>
        <translation>
            <numerusform>%n Verbindung ist offen.</numerusform>
            <numerusform>%n Verbindungen sind offen.</numerusform>
        </translation>
    </message>
    <message>
        <source>It was started at %1 (process %2).</source>
        <extracomment>%1 is a time of today, %2 the number of a process</extracomment>
        <translation>Es wurde um %1 gestartet (Prozess %2).</translation>
    </message>
    <message>
        <source>Its forwards can move into this window and run here on the same local ports. Open connections are cut, and the ports are closed for a moment.</source>
        <translation>Seine Weiterleitungen können in dieses Fenster umziehen und hier auf denselben lokalen Ports laufen. Offene Verbindungen werden getrennt, und die Ports sind einen Moment lang geschlossen.</translation>
    </message>
    <message>
        <source>It ends when this window opens.</source>
        <translation>Es endet, wenn dieses Fenster sich öffnet.</translation>
    </message>
    <message>
        <source>Forwards in these contexts could not run here, since the kubeconfig of this window does not have them: %1.</source>
        <translation>Weiterleitungen in diesen Kontexten könnten hier nicht laufen, weil die Kubeconfig dieses Fensters sie nicht hat: %1.</translation>
    </message>
    <message>
        <source>Open Fairlead</source>
        <translation>Fairlead öffnen</translation>
    </message>
    <message>
        <source>&amp;Move them here</source>
        <translation>&amp;Hierher holen</translation>
    </message>
    <message>
        <source>&amp;Open the window</source>
        <translation>&amp;Fenster öffnen</translation>
    </message>
    <message>
        <source>&amp;Start “%1” there</source>
        <extracomment>%1 is the name of a profile</extracomment>
        <translation>„%1“ &amp;dort starten</translation>
    </message>
    <message>
        <source>Fairlead runs without a window</source>
        <translation>Fairlead läuft ohne Fenster</translation>
    </message>
    <message>
        <source>It was started on %1 (process %2).</source>
        <extracomment>%1 is a date and a time, %2 the number of a process</extracomment>
        <translation>Es wurde am %1 gestartet (Prozess %2).</translation>
    </message>
    <message>
        <source>No connection is open.</source>
        <translation>Keine Verbindung ist offen.</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::WindowBars</name>
    <message>
        <source>Menu bar</source>
        <translation>Menüleiste</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>For&amp;ward</source>
        <translation>&amp;Weiterleitung</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>S&amp;palten</translation>
    </message>
    <message>
        <source>Colour sche&amp;me</source>
        <translation>&amp;Farbschema</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Tool bar</source>
        <translation>Werkzeugleiste</translation>
    </message>
    <message>
        <source>New forward</source>
        <translation>Neue Weiterleitung</translation>
    </message>
    <message>
        <source>Filter forwards…</source>
        <translation>Weiterleitungen filtern …</translation>
    </message>
    <message>
        <source>Filter forwards</source>
        <translation>Weiterleitungen filtern</translation>
    </message>
    <message>
        <source>Carried b&amp;y</source>
        <translation>Übertra&amp;gen über</translation>
    </message>
    <message>
        <source>Words to look for in name, target, namespace, context, address, state, tags and notes</source>
        <translation>Wörter, die in Name, Ziel, Namespace, Kontext, Adresse, Zustand, Schlagwörtern und Notizen gesucht werden</translation>
    </message>
</context>
<context>
    <name>Fairlead::Ui::WindowCloser</name>
    <message>
        <source>&amp;Show Fairlead</source>
        <translation>Fairlead &amp;zeigen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
</context>
<context>
    <name>Kubeconfig</name>
    <message>
        <source>%1: it has no server. Add its URL.</source>
        <comment>%1 file and cluster</comment>
        <translation>%1: Der Server fehlt. Tragen Sie seine URL ein.</translation>
    </message>
    <message>
        <source>%1: server &quot;%2&quot; cannot be used: %3</source>
        <comment>%1 file and cluster, %3 a reason with full stop</comment>
        <translation>%1: Der Server „%2“ ist nicht verwendbar: %3</translation>
    </message>
    <message>
        <source>%1: server: %2</source>
        <comment>%1 file and cluster, %2 a note with full stop</comment>
        <translation>%1: Server: %2</translation>
    </message>
    <message>
        <source>%1: proxy-url &quot;%2&quot; cannot be used (%3). Write it like http://proxy.example.com:3128.</source>
        <comment>%1 file and cluster, %3 kubectl&apos;s reason</comment>
        <translation>%1: proxy-url „%2“ ist nicht verwendbar (%3). Schreiben Sie sie wie http://proxy.example.com:3128.</translation>
    </message>
    <message>
        <source>%1: it has certificate-authority-data and certificate-authority; the data is used. kubectl refuses that. Remove one of them.</source>
        <comment>%1 file and cluster</comment>
        <translation>%1: certificate-authority-data und certificate-authority sind beide da; die Daten gelten. kubectl lehnt das ab. Entfernen Sie eines davon.</translation>
    </message>
    <message>
        <source>%1: certificate-authority &quot;%2&quot; cannot be read: %3.</source>
        <comment>%1 file and cluster, %2 file, %3 the system&apos;s words</comment>
        <translation>%1: certificate-authority „%2“ kann nicht gelesen werden: %3.</translation>
    </message>
    <message>
        <source>%1: insecure-skip-tls-verify and %2 contradict each other. Remove one of them.</source>
        <comment>%1 file and cluster, %2 field</comment>
        <translation>%1: insecure-skip-tls-verify und %2 widersprechen sich. Entfernen Sie eines davon.</translation>
    </message>
    <message>
        <source>%1 holds no certificate in PEM form, so no server could be trusted.</source>
        <comment>%1 file, cluster and field</comment>
        <translation>%1 enthält kein Zertifikat in PEM-Form, darum könnte keinem Server vertraut werden.</translation>
    </message>
    <message>
        <source>%1 expired on %2; the server&apos;s certificate will not be accepted.</source>
        <comment>%1 file, cluster and field, %2 date</comment>
        <translation>%1 ist am %2 abgelaufen; das Zertifikat des Servers wird nicht akzeptiert werden.</translation>
    </message>
    <message>
        <source>none</source>
        <comment>list of names that is empty</comment>
        <translation>keine</translation>
    </message>
    <message>
        <source>context &quot;%1&quot; does not exist. Contexts that are defined: %2.</source>
        <comment>%2 list of names</comment>
        <translation>Der Kontext „%1“ existiert nicht. Festgelegte Kontexte: %2.</translation>
    </message>
    <message>
        <source>%1: current-context is &quot;%2&quot;, but no context of that name is defined. Contexts that are defined: %3.</source>
        <comment>%1 file, %3 list of names</comment>
        <translation>%1: current-context ist „%2“, aber ein Kontext dieses Namens ist nicht festgelegt. Festgelegte Kontexte: %3.</translation>
    </message>
    <message>
        <source>cluster &quot;%1&quot; (--cluster) does not exist. Clusters that are defined: %2.</source>
        <comment>%2 list of names</comment>
        <translation>Der Cluster „%1“ (--cluster) existiert nicht. Festgelegte Cluster: %2.</translation>
    </message>
    <message>
        <source>%1: it names no cluster. Add a cluster to it.</source>
        <comment>%1 file and context</comment>
        <translation>%1: Es ist kein Cluster genannt. Tragen Sie einen ein.</translation>
    </message>
    <message>
        <source>%1: its cluster &quot;%2&quot; is not defined. Clusters that are defined: %3.</source>
        <comment>%1 file and context, %3 list of names</comment>
        <translation>%1: Der Cluster „%2“ ist nicht festgelegt. Festgelegte Cluster: %3.</translation>
    </message>
    <message>
        <source>user &quot;%1&quot; (--user) does not exist. Users that are defined: %2.</source>
        <comment>%2 list of names</comment>
        <translation>Der Benutzer „%1“ (--user) existiert nicht. Festgelegte Benutzer: %2.</translation>
    </message>
    <message>
        <source>%1: its user &quot;%2&quot; is not defined; no credentials are sent.</source>
        <comment>%1 file and context</comment>
        <translation>%1: Der Benutzer „%2“ ist nicht festgelegt; es werden keine Anmeldedaten gesendet.</translation>
    </message>
    <message>
        <source>%1: namespace &quot;%2&quot; cannot exist: a name has lower-case letters, digits and &quot;-&quot;, at most 63.</source>
        <comment>%1 file or flag</comment>
        <translation>%1: Den Namespace „%2“ kann es nicht geben: Ein Name hat Kleinbuchstaben, Ziffern und „-“, höchstens 63.</translation>
    </message>
    <message>
        <source>No context is chosen: current-context is empty. Choose one of: %1.</source>
        <comment>%1 list of names</comment>
        <translation>Es ist kein Kontext gewählt: current-context ist leer. Wählen Sie einen von: %1.</translation>
    </message>
    <message>
        <source>No clusters are configured. Fairlead looked in: %1.</source>
        <comment>%1 list of files</comment>
        <translation>Es sind keine Cluster eingerichtet. Fairlead hat hier gesucht: %1.</translation>
    </message>
    <message>
        <source>none</source>
        <comment>list of files that is empty</comment>
        <translation>keine</translation>
    </message>
    <message numerus="yes">
        <source>More than %n KiB</source>
        <translation>
            <numerusform>Mehr als %n KiB</numerusform>
            <numerusform>Mehr als %n KiB</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (--kubeconfig) does not exist.</source>
        <comment>%1 file</comment>
        <translation>%1 (--kubeconfig) existiert nicht.</translation>
    </message>
    <message>
        <source>&quot;~&quot; is not expanded here; write the whole path.</source>
        <translation>„~“ wird hier nicht aufgelöst; schreiben Sie den ganzen Pfad.</translation>
    </message>
    <message>
        <source>%1: its cluster &quot;%2&quot; is not defined.</source>
        <comment>%1 file and context</comment>
        <translation>%1: Der Cluster „%2“ ist nicht festgelegt.</translation>
    </message>
    <message>
        <source>%1: this is not a kubeconfig: it does not hold a mapping.</source>
        <translation>%1: Das ist keine kubeconfig: Die Datei enthält keine Zuordnung.</translation>
    </message>
    <message>
        <source>%1: this is not a kubeconfig: it says kind &quot;%2&quot; and apiVersion &quot;%3&quot;, where &quot;Config&quot; and &quot;v1&quot; belong.</source>
        <translation>%1: Das ist keine kubeconfig: Sie nennt kind „%2“ und apiVersion „%3“, wo „Config“ und „v1“ hingehören.</translation>
    </message>
    <message>
        <source>%1: &quot;%2&quot; in line %3 must be a list of entries with a name.</source>
        <comment>%1 file, %2 e.g. clusters</comment>
        <translation>%1: „%2“ in Zeile %3 muss eine Liste von Einträgen mit Namen sein.</translation>
    </message>
    <message>
        <source>%1: line %2 in &quot;%3&quot; must be an entry with a name.</source>
        <comment>%1 file, %3 e.g. clusters</comment>
        <translation>%1: Zeile %2 in „%3“ muss ein Eintrag mit Namen sein.</translation>
    </message>
    <message>
        <source>%1: %2 &quot;%3&quot; is defined twice, again in line %4. Rename or remove one of them.</source>
        <comment>%1 file, %2 cluster, user or context, %3 its name</comment>
        <translation>%1: %2 „%3“ ist zweimal festgelegt, noch einmal in Zeile %4. Benennen Sie eines davon um oder entfernen Sie es.</translation>
    </message>
    <message>
        <source>%1: line %2 is not valid YAML (%3). Correct it or restore the file.</source>
        <comment>%1 file, %3 words of the YAML library</comment>
        <translation>%1: Zeile %2 ist kein gültiges YAML (%3). Verbessern Sie sie oder stellen Sie die Datei wieder her.</translation>
    </message>
    <message>
        <source>%1 is not valid YAML (%2). Correct it or restore the file.</source>
        <comment>%1 file, %2 words of the YAML library</comment>
        <translation>%1 ist kein gültiges YAML (%2). Verbessern Sie die Datei oder stellen Sie sie wieder her.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <comment>%1 file, %2 the system&apos;s words</comment>
        <translation>%1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>%1: ignored, because %2 also has a %3 of that name and comes first.</source>
        <comment>%1 file and entry, %2 file, %3 cluster, user or context</comment>
        <translation>%1: wird nicht beachtet, denn auch %2 hat %3 dieses Namens und kommt zuerst.</translation>
    </message>
    <message>
        <source>the scheme &quot;%1&quot; is neither https nor http.</source>
        <translation>das Schema „%1“ ist weder https noch http.</translation>
    </message>
    <message>
        <source>it has a path but no scheme; write https:// in front (host must be a URL or a host:port pair).</source>
        <translation>es gibt einen Pfad, aber kein Schema; schreiben Sie https:// davor (der Host muss eine URL oder host:port sein).</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has no scheme; Fairlead takes https. kubectl takes http and sends no credentials. Write https:// in front.</source>
        <translation>„%1“ hat kein Schema; Fairlead nimmt https. kubectl nimmt http und sendet keine Anmeldedaten. Schreiben Sie https:// davor.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has no scheme, which means http, unencrypted. Write https:// in front if the server speaks TLS.</source>
        <translation>„%1“ hat kein Schema, das bedeutet http, unverschlüsselt. Schreiben Sie https:// davor, wenn der Server TLS spricht.</translation>
    </message>
    <message>
        <source>the part behind the path is not used.</source>
        <translation>der Teil hinter dem Pfad wird nicht benutzt.</translation>
    </message>
    <message>
        <source>the user name in the address is not used; put username and password into the user&apos;s entry.</source>
        <translation>der Benutzername in der Adresse wird nicht benutzt; tragen Sie username und password beim Benutzer ein.</translation>
    </message>
    <message>
        <source>blanks around the address are ignored.</source>
        <translation>Leerzeichen um die Adresse werden nicht beachtet.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not an address (%2).</source>
        <comment>%2 words of the URL parser</comment>
        <translation>„%1“ ist keine Adresse (%2).</translation>
    </message>
    <message>
        <source>it has no host</source>
        <translation>der Host fehlt</translation>
    </message>
    <message>
        <source>%1: it has %2 and %3; the data is used. kubectl refuses that. Remove one of them.</source>
        <comment>%1 file and user, %2 and %3 fields</comment>
        <translation>%1: %2 und %3 sind beide da; die Daten gelten. kubectl lehnt das ab. Entfernen Sie eines davon.</translation>
    </message>
    <message>
        <source>%1: it has a client key without a client certificate; the key is ignored.</source>
        <comment>%1 file and user</comment>
        <translation>%1: Es gibt einen Client-Schlüssel ohne Client-Zertifikat; der Schlüssel wird nicht beachtet.</translation>
    </message>
    <message>
        <source>%1: it has a client certificate without a key. Add client-key or client-key-data.</source>
        <comment>%1 file and user</comment>
        <translation>%1: Es gibt ein Client-Zertifikat ohne Schlüssel. Tragen Sie client-key oder client-key-data ein.</translation>
    </message>
    <message>
        <source>%1: it has both exec and auth-provider. Remove one of them.</source>
        <comment>%1 file and user</comment>
        <translation>%1: exec und auth-provider sind beide da. Entfernen Sie eines davon.</translation>
    </message>
    <message>
        <source>%1: exec: an env entry has no name.</source>
        <comment>%1 file and user</comment>
        <translation>%1: exec: Einem Eintrag in env fehlt der Name.</translation>
    </message>
    <message>
        <source>%1: exec has no %2. Add it.</source>
        <comment>%1 file and user, %2 field</comment>
        <translation>%1: exec fehlt %2. Tragen Sie es ein.</translation>
    </message>
    <message>
        <source>%1: exec: interactiveMode is &quot;%2&quot;, but must be one of %3.</source>
        <comment>%1 file and user, %3 list of words</comment>
        <translation>%1: exec: interactiveMode ist „%2“, muss aber eines von %3 sein.</translation>
    </message>
    <message>
        <source>%1: it has a token as well as username and password. Remove one of them.</source>
        <comment>%1 file and user</comment>
        <translation>%1: Es gibt ein Token und auch username und password. Entfernen Sie eines davon.</translation>
    </message>
    <message>
        <source>%1: it has a tokenFile as well as username and password. Remove one of them.</source>
        <comment>%1 file and user</comment>
        <translation>%1: Es gibt eine tokenFile und auch username und password. Entfernen Sie eines davon.</translation>
    </message>
    <message>
        <source>%1: as-uid, as-groups and as-user-extra need &quot;as&quot;. Add it.</source>
        <comment>%1 file and user</comment>
        <translation>%1: as-uid, as-groups und as-user-extra brauchen „as“. Tragen Sie es ein.</translation>
    </message>
    <message>
        <source>%1: %2 &quot;%3&quot; cannot be read: %4.</source>
        <comment>%1 file and user, %2 field, %3 file, %4 the system&apos;s words</comment>
        <translation>%1: %2 „%3“ kann nicht gelesen werden: %4.</translation>
    </message>
    <message>
        <source>%1: its credentials are not sent, because the server is reached over http, unencrypted.</source>
        <comment>%1 file and user</comment>
        <translation>%1: Die Anmeldedaten werden nicht gesendet, denn der Server wird über http erreicht, unverschlüsselt.</translation>
    </message>
    <message>
        <source>%1 holds no certificate in PEM form.</source>
        <comment>%1 file, user and field</comment>
        <translation>%1 enthält kein Zertifikat in PEM-Form.</translation>
    </message>
    <message>
        <source>%1 holds a damaged certificate.</source>
        <comment>%1 file, user and field</comment>
        <translation>%1 enthält ein beschädigtes Zertifikat.</translation>
    </message>
    <message>
        <source>%1 holds no private key in PEM form.</source>
        <comment>%1 file, user and field</comment>
        <translation>%1 enthält keinen privaten Schlüssel in PEM-Form.</translation>
    </message>
    <message>
        <source>%1 holds a damaged private key.</source>
        <comment>%1 file, user and field</comment>
        <translation>%1 enthält einen beschädigten privaten Schlüssel.</translation>
    </message>
    <message>
        <source>%1 is encrypted with a passphrase, which neither Fairlead nor kubectl can use. Decrypt it with: openssl pkey -in KEY -out DECRYPTED.</source>
        <comment>%1 file, user and field</comment>
        <translation>%1 ist mit einer Passphrase verschlüsselt, das können weder Fairlead noch kubectl benutzen. Entschlüsseln Sie es mit: openssl pkey -in SCHLÜSSEL -out ENTSCHLÜSSELT.</translation>
    </message>
    <message>
        <source>%1 does not belong to the certificate in %2. They must come from the same sign-in.</source>
        <comment>%1 file, user and field, %2 field or file</comment>
        <translation>%1 gehört nicht zum Zertifikat in %2. Beide müssen von derselben Anmeldung stammen.</translation>
    </message>
    <message>
        <source>%1 (%2) expired on %3; the server will refuse it. Sign in again.</source>
        <comment>%1 file, user and field, %2 the certificate&apos;s subject, %3 date</comment>
        <translation>%1 (%2) ist am %3 abgelaufen; der Server wird es ablehnen. Melden Sie sich neu an.</translation>
    </message>
    <message>
        <source>%1 (%2) is not valid before %3; the server will refuse it. Is this computer&apos;s clock right?</source>
        <comment>%1 file, user and field, %2 the certificate&apos;s subject, %3 date</comment>
        <translation>%1 (%2) gilt erst ab %3; der Server wird es ablehnen. Geht die Uhr dieses Computers richtig?</translation>
    </message>
    <message>
        <source>%1: tokenFile &quot;%2&quot; cannot be read: %3.</source>
        <comment>%1 file and user, %2 file, %3 the system&apos;s words</comment>
        <translation>%1: tokenFile „%2“ kann nicht gelesen werden: %3.</translation>
    </message>
    <message>
        <source>%1: tokenFile &quot;%2&quot; is empty.</source>
        <comment>%1 file and user, %2 file</comment>
        <translation>%1: tokenFile „%2“ ist leer.</translation>
    </message>
    <message>
        <source>%1: blanks around the token are left out; kubectl fails on them.</source>
        <comment>%1 file and user</comment>
        <translation>%1: Leerzeichen um das Token werden weggelassen; kubectl scheitert daran.</translation>
    </message>
    <message>
        <source>%1: %2 has a line break or another control character inside. Copy it again.</source>
        <comment>%1 file and user, %2 field</comment>
        <translation>%1: %2 enthält einen Zeilenumbruch oder ein anderes Steuerzeichen. Kopieren Sie es noch einmal.</translation>
    </message>
    <message>
        <source>%1: the auth-provider &quot;%2&quot; has been removed from Kubernetes clients. Configure the sign-in plugin %3 instead.</source>
        <comment>%1 file and user, %3 name of a program</comment>
        <translation>%1: Der auth-provider „%2“ wurde aus den Kubernetes-Clients entfernt. Richten Sie stattdessen das Anmelde-Plugin %3 ein.</translation>
    </message>
    <message>
        <source>%1: %2 is not used, because other credentials are given and come first.</source>
        <comment>%1 file and user, %2 exec or auth-provider</comment>
        <translation>%1: %2 wird nicht benutzt, denn es sind andere Anmeldedaten da, die zuerst kommen.</translation>
    </message>
    <message>
        <source>%1: %2 is written in quotes; kubectl refuses that. Remove the quotes.</source>
        <comment>%1 file and entry, %2 field</comment>
        <translation>%1: %2 steht in Anführungszeichen; kubectl lehnt das ab. Entfernen Sie die Anführungszeichen.</translation>
    </message>
    <message>
        <source>%1: %2 is &quot;%3&quot;, but must be true or false.</source>
        <comment>%1 file and entry, %2 field, %3 what was found</comment>
        <translation>%1: %2 ist „%3“, muss aber true oder false sein.</translation>
    </message>
    <message>
        <source>%1: %2 is not base64: byte %3 cannot stand there. Copy the value again, or use a file instead.</source>
        <comment>%1 file and entry, %2 field, %3 position from 0</comment>
        <translation>%1: %2 ist kein Base64: Byte %3 kann dort nicht stehen. Kopieren Sie den Wert noch einmal, oder nehmen Sie eine Datei.</translation>
    </message>
    <message>
        <source>%1: %2 lacks the &quot;=&quot; at its end; kubectl refuses that.</source>
        <comment>%1 file and entry, %2 field</comment>
        <translation>%1: %2 fehlt das „=“ am Ende; kubectl lehnt das ab.</translation>
    </message>
    <message>
        <source>%1: %2 is not in quotes and reads as a number or a switch; Fairlead takes it as text, kubectl refuses it. Put it in quotes.</source>
        <comment>%1 file and entry, %2 field</comment>
        <translation>%1: %2 steht nicht in Anführungszeichen und liest sich als Zahl oder Schalter; Fairlead nimmt es als Text, kubectl lehnt es ab. Setzen Sie es in Anführungszeichen.</translation>
    </message>
    <message>
        <source>a mapping</source>
        <translation>eine Zuordnung</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>eine Liste</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>ein Text</translation>
    </message>
    <message>
        <source>%1: %2 in line %3 must be %4.</source>
        <comment>%1 file and entry, %2 field, %4 e.g. &quot;a list&quot;</comment>
        <translation>%1: %2 in Zeile %3 muss %4 sein.</translation>
    </message>
    <message>
        <source>%1: exec: apiVersion &quot;%2&quot; is none that clients still speak. Update the sign-in plugin &quot;%3&quot; and its entry to client.authentication.k8s.io/v1.</source>
        <comment>%1 file and user, %3 command</comment>
        <translation>%1: exec: Die apiVersion „%2“ spricht kein Client mehr. Bringen Sie das Anmelde-Plugin „%3“ und seinen Eintrag auf client.authentication.k8s.io/v1.</translation>
    </message>
    <message>
        <source>%1: there is no auth-provider &quot;%2&quot;. Only oidc is known.</source>
        <comment>%1 file and user</comment>
        <translation>%1: Es gibt keinen auth-provider „%2“. Nur oidc ist bekannt.</translation>
    </message>
    <message>
        <source>%1: auth-provider oidc: its config has no %2. Add it.</source>
        <comment>%1 file and user, %2 field</comment>
        <translation>%1: auth-provider oidc: In config fehlt %2. Tragen Sie es ein.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>%1 a variable of the environment, %2 a sentence about its value</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2 &quot;%3&quot; does not exist.</source>
        <comment>%1 file and entry, %2 field, %3 file</comment>
        <translation>%1: %2 „%3“ gibt es nicht.</translation>
    </message>
    <message>
        <source>%1: line %2, column %3 is not valid YAML (%4). Correct it or restore the file.</source>
        <comment>%1 file, %4 words of the YAML library</comment>
        <translation>%1: Zeile %2, Spalte %3 ist kein gültiges YAML (%4). Berichtigen Sie sie oder stellen Sie die Datei wieder her.</translation>
    </message>
</context>
<context>
    <name>KubeconfigDesk</name>
    <message>
        <source>%1: this is not a kubeconfig, or it has no contexts.</source>
        <comment>%1 path of a file</comment>
        <translation>%1: Das ist keine kubeconfig, oder sie enthält keine Kontexte.</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <comment>%1 file, %2 the system&apos;s words</comment>
        <translation>%1 lässt sich nicht lesen: %2.</translation>
    </message>
    <message>
        <source>This text is too long for a kubeconfig.</source>
        <translation>Dieser Text ist zu lang für eine kubeconfig.</translation>
    </message>
    <message>
        <source>The text</source>
        <comment>stands for a file&apos;s path before a colon</comment>
        <translation>Der Text</translation>
    </message>
    <message>
        <source>%1 is in use already.</source>
        <comment>%1 path of a kubeconfig file</comment>
        <translation>%1 ist bereits in Gebrauch.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <comment>%1 file, %2 the system&apos;s words</comment>
        <translation>%1 lässt sich nicht schreiben: %2.</translation>
    </message>
</context>
<context>
    <name>MarkMenu</name>
    <message>
        <source>&amp;Protected: ask before the first start</source>
        <translation>&amp;Geschützt: vor dem ersten Start nachfragen</translation>
    </message>
</context>
<context>
    <name>PodChoice</name>
    <message>
        <source>Pod %1 does not exist any more.</source>
        <translation>Den Pod %1 gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>Pod %1 is not running: %2.</source>
        <translation>Der Pod %1 läuft nicht: %2.</translation>
    </message>
    <message>
        <source>%1 has no pods.</source>
        <translation>%1 hat keine Pods.</translation>
    </message>
    <message numerus="yes">
        <source>%1: %2 of %n pod(s) ready.</source>
        <translation>
            <numerusform>%1: %2 von %n Pod bereit.</numerusform>
            <numerusform>%1: %2 von %n Pods bereit.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PortForwardCommand</name>
    <message>
        <source>Addresses to listen on: IP addresses and localhost (default localhost)</source>
        <translation>Adressen, an denen gelauscht wird: IP-Adressen und localhost (Vorgabe: localhost)</translation>
    </message>
    <message>
        <source>Wait this long (5s, 2m, 3h) for the pod to run instead of giving up</source>
        <translation>So lange (5s, 2m, 3h) auf den Pod warten, statt aufzugeben</translation>
    </message>
    <message>
        <source>text (kubectl&apos;s lines) or json (one object a line)</source>
        <translation>text (Zeilen wie kubectl) oder json (ein Objekt je Zeile)</translation>
    </message>
    <message>
        <source>Usage:</source>
        <translation>Aufruf:</translation>
    </message>
    <message>
        <source>Examples:</source>
        <translation>Beispiele:</translation>
    </message>
    <message>
        <source>Options:</source>
        <translation>Optionen:</translation>
    </message>
    <message>
        <source>Forward to pods with these labels (app=web,tier!=db) instead of TYPE/NAME</source>
        <translation>An Pods mit diesen Labels weiterleiten (app=web,tier!=db) statt an TYPE/NAME</translation>
    </message>
    <message>
        <source>Which of several pods serves: first-ready (default), sticky (until it is gone) or round-robin (each connection the next)</source>
        <translation>Welcher von mehreren Pods bedient: first-ready (Vorgabe), sticky (bis es ihn nicht mehr gibt) oder round-robin (jede Verbindung den nächsten)</translation>
    </message>
    <message>
        <source>End with an error when a connection fails or the pod is lost, as kubectl does</source>
        <translation>Mit einem Fehler enden, wenn eine Verbindung scheitert oder der Pod verloren geht, wie kubectl</translation>
    </message>
    <message>
        <source>Forward one or more local ports to a pod, or to whichever pod is behind a service or workload.</source>
        <translation>Leitet lokale Ports an einen Pod weiter, oder an den Pod, der gerade hinter einem Service oder Workload steht.</translation>
    </message>
    <message>
        <source>What carries the forward: spdy, websocket, or auto (default: what the server takes)</source>
        <translation>Worüber die Weiterleitung läuft: spdy, websocket oder auto (Vorgabe: was der Server annimmt)</translation>
    </message>
    <message>
        <source>pod (default), or node-proxy: through the pod&apos;s node, for those who may use only that</source>
        <translation>pod (Vorgabe) oder node-proxy: über den Node des Pods, für alle, die nur diesen Weg benutzen dürfen</translation>
    </message>
    <message>
        <source>Hold a new connection this long (1s to 1h) while there is no tunnel (default 30s)</source>
        <translation>Eine neue Verbindung so lange halten (1s bis 1h), solange es keinen Tunnel gibt (Vorgabe: 30s)</translation>
    </message>
    <message>
        <source>Hold at most this many connections that way (0 to 1000, default 64)</source>
        <translation>Höchstens so viele Verbindungen auf diese Weise halten (0 bis 1000, Vorgabe: 64)</translation>
    </message>
    <message>
        <source>Ctrl-C ends the forward. A connection that fails ends alone; a pod or server that is lost is reported and tried again, and programs that connect meanwhile are held (--connection-wait).</source>
        <translation>Strg-C beendet die Weiterleitung. Eine Verbindung, die scheitert, endet allein; ein verlorener Pod oder Server wird gemeldet und erneut versucht, und Programme, die sich inzwischen verbinden, werden gehalten (--connection-wait).</translation>
    </message>
</context>
<context>
    <name>QuietCut</name>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n Minute</numerusform>
            <numerusform>%n Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n Sekunde</numerusform>
            <numerusform>%n Sekunden</numerusform>
        </translation>
    </message>
    <message>
        <source>The connection was closed after %1 of silence. A router or load balancer on the way to the API server seems to end quiet connections; a longer timeout there helps (HAProxy: timeout tunnel).</source>
        <comment>%1 a time, such as 30 seconds</comment>
        <translation>Die Verbindung wurde nach %1 Stille geschlossen. Offenbar beendet ein Router oder Lastverteiler auf dem Weg zum API-Server ruhige Verbindungen; eine längere Frist dort hilft (HAProxy: timeout tunnel).</translation>
    </message>
    <message>
        <source>The connection was closed %1 after it was opened. A router or load balancer on the way to the API server seems to end connections of that age; a longer limit there helps.</source>
        <comment>%1 a time, such as 30 seconds</comment>
        <translation>Die Verbindung wurde %1 nach dem Öffnen geschlossen. Offenbar beendet ein Router oder Lastverteiler auf dem Weg zum API-Server Verbindungen dieses Alters; eine längere Frist dort hilft.</translation>
    </message>
    <message>
        <source>The server closed the connection.</source>
        <translation>Der Server hat die Verbindung geschlossen.</translation>
    </message>
</context>
<context>
    <name>ServicesModel</name>
    <message>
        <source>outside: %1</source>
        <comment>a host name</comment>
        <translation>außerhalb: %1</translation>
    </message>
    <message>
        <source>no selector</source>
        <translation>kein Selektor</translation>
    </message>
    <message>
        <source>This service leads out of the cluster, to %1: there are no pods to forward to.</source>
        <comment>a host name</comment>
        <translation>Dieser Service führt aus dem Cluster hinaus, zu %1: Es gibt keine Pods, zu denen weitergeleitet werden könnte.</translation>
    </message>
    <message>
        <source>This service has no selector: which pods are behind it is not known.</source>
        <translation>Dieser Service hat keinen Selektor: Welche Pods dahinterstehen, ist nicht bekannt.</translation>
    </message>
</context>
<context>
    <name>SignIn</name>
    <message>
        <source>The server does not accept the credentials that %1 gives, new ones neither. Sign in again.</source>
        <comment>%1 a program or a server&apos;s address</comment>
        <translation>Der Server nimmt die Zugangsdaten von %1 nicht an, auch neue nicht. Melden Sie sich neu an.</translation>
    </message>
    <message>
        <source>The sign-in plugin %1 printed nothing.</source>
        <translation>Das Anmelde-Plugin %1 hat nichts ausgegeben.</translation>
    </message>
    <message>
        <source>The sign-in plugin %1 printed something else than credentials. Run it in a terminal to see what it says.</source>
        <translation>Das Anmelde-Plugin %1 hat etwas anderes als Zugangsdaten ausgegeben. Rufen Sie es in einem Terminal auf, um zu sehen, was es sagt.</translation>
    </message>
    <message>
        <source>The sign-in plugin %1 speaks %2, but the kubeconfig wants %3. Correct the apiVersion there, or update the plugin.</source>
        <comment>%1 program, %2 and %3 versions</comment>
        <translation>Das Anmelde-Plugin %1 spricht %2, aber die kubeconfig verlangt %3. Berichtigen Sie dort die apiVersion oder aktualisieren Sie das Plugin.</translation>
    </message>
    <message>
        <source>The sign-in plugin %1 gave no credentials: its answer has no status.</source>
        <translation>Das Anmelde-Plugin %1 hat keine Zugangsdaten geliefert: Seiner Antwort fehlt der status.</translation>
    </message>
    <message>
        <source>The sign-in plugin %1 gave neither a token nor a certificate.</source>
        <translation>Das Anmelde-Plugin %1 hat weder Token noch Zertifikat geliefert.</translation>
    </message>
    <message>
        <source>The sign-in plugin %1 gave only one of certificate and key.</source>
        <translation>Das Anmelde-Plugin %1 hat von Zertifikat und Schlüssel nur eines geliefert.</translation>
    </message>
    <message>
        <source>The sign-in plugin %1 gave a token with a control character inside.</source>
        <translation>Das Anmelde-Plugin %1 hat ein Token mit einem Steuerzeichen darin geliefert.</translation>
    </message>
    <message>
        <source>The sign-in plugin %1 gave a certificate that cannot be read.</source>
        <translation>Das Anmelde-Plugin %1 hat ein unlesbares Zertifikat geliefert.</translation>
    </message>
    <message>
        <source>The sign-in plugin %1 gave a key that is encrypted with a passphrase.</source>
        <translation>Das Anmelde-Plugin %1 hat einen Schlüssel geliefert, der mit einer Passphrase verschlüsselt ist.</translation>
    </message>
    <message>
        <source>The sign-in plugin %1 gave a key that cannot be read.</source>
        <translation>Das Anmelde-Plugin %1 hat einen unlesbaren Schlüssel geliefert.</translation>
    </message>
    <message>
        <source>The sign-in plugin %1 gave a key that does not belong to its certificate.</source>
        <translation>Das Anmelde-Plugin %1 hat einen Schlüssel geliefert, der nicht zu seinem Zertifikat gehört.</translation>
    </message>
    <message>
        <source>The sign-in plugin %1 gave an expirationTimestamp that is no time like 2030-01-31T12:00:00Z.</source>
        <translation>Das Anmelde-Plugin %1 hat einen expirationTimestamp geliefert, der keine Zeit wie 2030-01-31T12:00:00Z ist.</translation>
    </message>
    <message>
        <source>The sign-in plugin %1 is not there. Install it, or correct its path in the kubeconfig.</source>
        <comment>%1 path of a program</comment>
        <translation>Das Anmelde-Plugin %1 gibt es nicht. Installieren Sie es oder berichtigen Sie seinen Pfad in der kubeconfig.</translation>
    </message>
    <message>
        <source>The sign-in plugin %1 was not found in PATH. Install it, or write its full path in the kubeconfig.</source>
        <comment>%1 program</comment>
        <translation>Das Anmelde-Plugin %1 wurde in PATH nicht gefunden. Installieren Sie es oder schreiben Sie seinen vollen Pfad in die kubeconfig.</translation>
    </message>
    <message>
        <source>The sign-in plugin %1 could not be started.</source>
        <comment>%1 program</comment>
        <translation>Das Anmelde-Plugin %1 konnte nicht gestartet werden.</translation>
    </message>
    <message>
        <source>The sign-in plugin %1 was ended by a signal before it gave credentials.</source>
        <comment>%1 program</comment>
        <translation>Das Anmelde-Plugin %1 wurde von einem Signal beendet, bevor es Zugangsdaten geliefert hat.</translation>
    </message>
    <message>
        <source>The sign-in plugin %1 failed with exit code %2.</source>
        <comment>%1 program, %2 number</comment>
        <translation>Das Anmelde-Plugin %1 ist mit dem Exit-Code %2 fehlgeschlagen.</translation>
    </message>
    <message numerus="yes">
        <source>The sign-in plugin %1 gave no credentials within %n second(s) and was ended.</source>
        <comment>%1 program</comment>
        <translation>
            <numerusform>Das Anmelde-Plugin %1 hat innerhalb von %n Sekunde keine Zugangsdaten geliefert und wurde beendet.</numerusform>
            <numerusform>Das Anmelde-Plugin %1 hat innerhalb von %n Sekunden keine Zugangsdaten geliefert und wurde beendet.</numerusform>
        </translation>
    </message>
    <message>
        <source>The sign-in plugin %1 printed more than a megabyte, which is no credential.</source>
        <comment>%1 program</comment>
        <translation>Das Anmelde-Plugin %1 hat mehr als ein Megabyte ausgegeben; das sind keine Zugangsdaten.</translation>
    </message>
    <message>
        <source>The sign-in with %1 was cancelled.</source>
        <comment>%1 program</comment>
        <translation>Die Anmeldung mit %1 wurde abgebrochen.</translation>
    </message>
    <message>
        <source>The sign-in plugin %1 has questions to ask, so it does not run unattended.</source>
        <comment>%1 program</comment>
        <translation>Das Anmelde-Plugin %1 hat Fragen zu stellen und läuft deshalb nicht unbeaufsichtigt.</translation>
    </message>
    <message>
        <source>The sign-in provider %1 does not say where tokens are to be had. Is idp-issuer-url right?</source>
        <comment>%1 URL</comment>
        <translation>Der Anmeldedienst %1 sagt nicht, wo es Token gibt. Stimmt idp-issuer-url?</translation>
    </message>
    <message>
        <source>The sign-in provider %1 gave no id-token. Does its client allow the scope openid?</source>
        <comment>%1 URL</comment>
        <translation>Der Anmeldedienst %1 hat kein id-token geliefert. Erlaubt sein Client den Scope openid?</translation>
    </message>
    <message>
        <source>The id-token of %1 has expired, and there is no refresh-token in the kubeconfig to get another. Sign in again with the program that wrote it.</source>
        <comment>%1 URL</comment>
        <translation>Das id-token von %1 ist abgelaufen, und in der kubeconfig steht kein refresh-token, um ein neues zu holen. Melden Sie sich mit dem Programm neu an, das es geschrieben hat.</translation>
    </message>
    <message>
        <source>idp-certificate-authority &quot;%1&quot; cannot be read: %2.</source>
        <comment>%1 file, %2 the system&apos;s words</comment>
        <translation>idp-certificate-authority „%1“ kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
        <source>The certificates to trust for %1 (idp-certificate-authority) cannot be used.</source>
        <comment>%1 URL</comment>
        <translation>Die Zertifikate, denen für %1 zu vertrauen ist (idp-certificate-authority), sind nicht verwendbar.</translation>
    </message>
    <message>
        <source>The sign-in provider %1 cannot be reached.</source>
        <comment>%1 URL</comment>
        <translation>Der Anmeldedienst %1 ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>The sign-in provider %1 does not describe itself (%2). Is idp-issuer-url right?</source>
        <comment>%1 URL, %2 HTTP status</comment>
        <translation>Der Anmeldedienst %1 beschreibt sich nicht (%2). Stimmt idp-issuer-url?</translation>
    </message>
    <message>
        <source>The sign-in provider %1 does not accept the refresh-token any more. Sign in again with the program that wrote it to the kubeconfig.</source>
        <comment>%1 URL</comment>
        <translation>Der Anmeldedienst %1 nimmt das refresh-token nicht mehr an. Melden Sie sich mit dem Programm neu an, das es in die kubeconfig geschrieben hat.</translation>
    </message>
    <message>
        <source>The token of user &quot;%1&quot; expired on %2.</source>
        <comment>%1 user, %2 time</comment>
        <translation>Das Token des Benutzers „%1“ ist am %2 abgelaufen.</translation>
    </message>
    <message>
        <source>The certificate of user &quot;%1&quot; (%2) expired on %3.</source>
        <comment>%1 user, %2 subject, %3 time</comment>
        <translation>Das Zertifikat des Benutzers „%1“ (%2) ist am %3 abgelaufen.</translation>
    </message>
    <message>
        <source>The token of &quot;oc login&quot; has expired or was taken back. Sign in again: %1</source>
        <comment>%1 a command</comment>
        <translation>Das Token von „oc login“ ist abgelaufen oder wurde zurückgenommen. Melden Sie sich neu an: %1</translation>
    </message>
    <message>
        <source>The sign-in plugin %1 answered with something else than an ExecCredential. Is it meant for this?</source>
        <translation>Das Anmelde-Plugin %1 hat mit etwas anderem als einem ExecCredential geantwortet. Ist es dafür gedacht?</translation>
    </message>
    <message>
        <source>another version</source>
        <comment>of an API</comment>
        <translation>eine andere Version</translation>
    </message>
    <message>
        <source>The proxy %1 of the environment is spoken to over TLS, and sign-in providers are reached through http:// and socks5:// proxies only. Set HTTPS_PROXY to one of those, or add %2 to NO_PROXY.</source>
        <comment>%1 URL, %2 host</comment>
        <translation>Mit dem Proxy %1 der Umgebung wird über TLS gesprochen; Anmeldedienste werden nur durch http://- und socks5://-Proxys erreicht. Setzen Sie HTTPS_PROXY auf einen solchen oder nehmen Sie %2 in NO_PROXY auf.</translation>
    </message>
</context>
<context>
    <name>Target</name>
    <message>
        <source>pods with %1</source>
        <translation>Pods mit %1</translation>
    </message>
</context>
<context>
    <name>Trouble</name>
    <message>
        <source>No pod of %1 has that port.</source>
        <translation>Kein Pod von %1 hat diesen Port.</translation>
    </message>
</context>
</TS>
