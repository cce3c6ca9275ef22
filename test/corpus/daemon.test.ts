import { corpusSuite } from "../support/corpusSuite";

corpusSuite("daemon");
