import { describeConformance } from "../../../test/conformance/describe-conformance";

describeConformance("astro");
